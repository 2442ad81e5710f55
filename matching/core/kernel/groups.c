/* The pure problem: the largest sum of affinities within groups of bounded size
 * (Maximally Diverse Grouping Problem).
 *
 * Iterated local search over swaps and moves. gain[g][v] is what v has with the people of group g,
 * a row a group, so that a swap updates whole rows. Only groups that changed are looked at again,
 * and a group is looked into only if a bound says that a swap there could pay. A kick that does
 * not pay enough is undone from a log (record-to-previous acceptance, in the spirit of Lai and
 * Hao, EJOR 2016).
 */
#include "kernel.h"

typedef struct { int32_t person, from; } Change;

typedef struct {
    int32_t n, groups, width;
    const int32_t *affinity;     /* n x n */
    int32_t *least, *most;       /* groups */
    int32_t *gain;               /* groups x n */
    int32_t *own;                /* n: gain of each with their own group */
    int32_t *group, *place;      /* n: where each is */
    int32_t *members, *size;     /* groups x width, groups */
    int32_t *pull, *best_pull;   /* n, groups: scratch of one look at a group */
    int32_t *queue, *queued;     /* groups waiting to be looked at, a ring */
    int32_t head, waiting;
    Change *log;                 /* since the last accepted state */
    int32_t logged, log_room;
    int32_t *best_group;
    int64_t value, before, best;
    int32_t lowest;              /* smallest affinity of any two */
    int32_t settled;             /* whether the first descent is over */
    int64_t kicks;
    uint64_t random;
    Losses losses;
} Groups;

static void enqueue(Groups *s, int32_t g)
{
    if (s->queued[g]) return;
    s->queued[g] = 1;
    s->queue[(s->head + s->waiting++) % s->groups] = g;
}

static void leave(Groups *s, int32_t v)
{
    int32_t g = s->group[v], *row = s->members + (size_t)g * s->width;
    int32_t last = row[--s->size[g]];
    row[s->place[v]] = last;
    s->place[last] = s->place[v];
}

static void join(Groups *s, int32_t v, int32_t g)
{
    s->group[v] = g;
    s->place[v] = s->size[g];
    s->members[(size_t)g * s->width + s->size[g]++] = v;
}

static void refresh_own(Groups *s, int32_t g)
{
    const int32_t *row = s->members + (size_t)g * s->width;
    const int32_t *gain = s->gain + (size_t)g * s->n;
    for (int32_t i = 0; i < s->size[g]; i++) s->own[row[i]] = gain[row[i]];
}

static void record(Groups *s, int32_t v)
{
    if (s->logged == s->log_room) {
        s->log_room *= 2;
        s->log = realloc(s->log, (size_t)s->log_room * sizeof *s->log);
        if (!s->log) abort();
    }
    s->log[s->logged++] = (Change){v, s->group[v]};
}

static void move(Groups *s, int32_t u, int32_t to)
{
    int32_t from = s->group[u], n = s->n;
    const int32_t *a = s->affinity + (size_t)u * n;
    int32_t *restrict less = s->gain + (size_t)from * n, *restrict more = s->gain + (size_t)to * n;
    s->value += more[u] - less[u];
    for (int32_t i = 0; i < n; i++) {
        less[i] -= a[i];
        more[i] += a[i];
    }
    leave(s, u);
    join(s, u, to);
    refresh_own(s, from);
    refresh_own(s, to);
}

static void swap(Groups *s, int32_t u, int32_t v)
{
    int32_t g = s->group[u], h = s->group[v], n = s->n;
    const int32_t *restrict a = s->affinity + (size_t)u * n, *restrict b = s->affinity + (size_t)v * n;
    int32_t *restrict at_g = s->gain + (size_t)g * n, *restrict at_h = s->gain + (size_t)h * n;
    s->value += (int64_t)at_h[u] - at_g[u] + at_g[v] - at_h[v] - 2 * (int64_t)a[v];
    for (int32_t i = 0; i < n; i++) {
        int32_t change = b[i] - a[i];
        at_g[i] += change;
        at_h[i] -= change;
    }
    int32_t place = s->place[u], other = s->place[v];
    s->members[(size_t)g * s->width + place] = v;
    s->members[(size_t)h * s->width + other] = u;
    s->group[u] = h, s->place[u] = other;
    s->group[v] = g, s->place[v] = place;
    refresh_own(s, g);
    refresh_own(s, h);
}

/* The best swap or move of anybody in group g; whether one was made. */
static int improve(Groups *s, int32_t g)
{
    int32_t n = s->n, width = s->width, here = s->size[g];
    const int32_t *restrict gain = s->gain + (size_t)g * n, *restrict own = s->own;
    int32_t *restrict pull = s->pull;
    for (int32_t v = 0; v < n; v++) pull[v] = gain[v] - own[v];
    for (int32_t h = 0; h < s->groups; h++) {
        const int32_t *row = s->members + (size_t)h * width;
        int32_t best = INT32_MIN / 2;
        for (int32_t j = 0; j < s->size[h]; j++)
            if (pull[row[j]] > best) best = pull[row[j]];
        s->best_pull[h] = best - 2 * s->lowest;
    }
    int32_t best = 0, one = -1, other = -1, to = -1;
    for (int32_t i = 0; i < here; i++) {
        int32_t u = s->members[(size_t)g * width + i];
        const int32_t *restrict a = s->affinity + (size_t)u * n;
        const int32_t *column = s->gain + u;
        for (int32_t h = 0; h < s->groups; h++, column += n) {
            int32_t step = *column - own[u];
            if (h == g) continue;
            if (step > best && here > s->least[g] && s->size[h] < s->most[h])
                best = step, one = u, other = -1, to = h;
            if (step + s->best_pull[h] <= best) continue;
            const int32_t *row = s->members + (size_t)h * width;
            for (int32_t j = 0; j < s->size[h]; j++) {
                int32_t v = row[j], change = step + pull[v] - 2 * a[v];
                if (change > best) best = change, one = u, other = v;
            }
        }
    }
    /* Somebody from elsewhere may want the free chair here. */
    if (here < s->most[g])
        for (int32_t h = 0; h < s->groups; h++) {
            if (h == g || s->size[h] <= s->least[h] || s->best_pull[h] + 2 * s->lowest <= best) continue;
            const int32_t *row = s->members + (size_t)h * width;
            for (int32_t j = 0; j < s->size[h]; j++)
                if (pull[row[j]] > best) best = pull[row[j]], one = row[j], other = -1, to = g;
        }
    if (one < 0) return 0;
    int32_t from = s->group[one];
    record(s, one);
    if (other >= 0) {
        to = s->group[other];
        record(s, other);
        swap(s, one, other);
    } else {
        move(s, one, to);
    }
    enqueue(s, from);
    enqueue(s, to);
    return 1;
}

/* `swaps` random swaps, or half of them at least, from a group that has just changed to another;
 * where sizes are free, some of them moves. */
static void kick(Groups *s, int32_t swaps)
{
    int32_t u = random_below(&s->random, s->n);
    swaps = (swaps + 1) / 2 + random_below(&s->random, swaps / 2 + 1);
    for (int32_t i = 0; i < swaps; i++) {
        int32_t v = random_below(&s->random, s->n);
        if (s->group[u] == s->group[v]) continue;
        int32_t g = s->group[u], h = s->group[v];
        enqueue(s, g);
        enqueue(s, h);
        record(s, u);
        if (s->size[g] > s->least[g] && s->size[h] < s->most[h] && !random_below(&s->random, 4)) {
            move(s, u, h);
            continue;
        }
        record(s, v);
        swap(s, u, v);
        u = s->members[(size_t)h * s->width + random_below(&s->random, s->size[h])];
    }
}

static void undo(Groups *s)
{
    while (s->logged > 0) {
        Change last = s->log[s->logged - 1];
        /* A swap logs its first person and then its second, who sits where the first came from. */
        if (s->logged > 1) {
            Change first = s->log[s->logged - 2];
            if (s->group[last.person] == first.from && s->group[first.person] == last.from
                && first.person != last.person) {
                swap(s, first.person, last.person);
                s->logged -= 2;
                continue;
            }
        }
        move(s, last.person, last.from);
        s->logged--;
    }
}

static void keep_best(Groups *s)
{
    if (s->value <= s->best) return;
    s->best = s->value;
    memcpy(s->best_group, s->group, (size_t)s->n * sizeof *s->group);
}

EXPORT void groups_free(Groups *s)
{
    if (!s) return;
    free(s->least), free(s->most), free(s->gain), free(s->own), free(s->group), free(s->place);
    free(s->members), free(s->size), free(s->pull), free(s->best_pull), free(s->queue);
    free(s->queued), free(s->log), free(s->best_group), free(s);
}

/* affinity: n x n, symmetric, zero diagonal; it must outlive the search. start: the group of each.
 * Sums of `width` affinities must stay below 2^29. NULL without memory. */
EXPORT Groups *groups_new(int32_t n, int32_t groups, const int32_t *affinity, const int32_t *least,
                          const int32_t *most, const int32_t *start, uint64_t seed)
{
    Groups *s = calloc(1, sizeof *s);
    if (!s) return NULL;
    s->n = n, s->groups = groups, s->affinity = affinity, s->random = seed, s->width = 1;
    for (int32_t g = 0; g < groups; g++)
        if (most[g] > s->width) s->width = most[g];
    size_t people = (size_t)n + 1, tables = (size_t)groups + 1, word = sizeof(int32_t);
    s->least = malloc(tables * word), s->most = malloc(tables * word);
    s->gain = calloc(tables * people, word), s->own = calloc(people, word);
    s->group = calloc(people, word), s->place = calloc(people, word);
    s->members = calloc(tables * (size_t)s->width, word), s->size = calloc(tables, word);
    s->pull = malloc(people * word), s->best_pull = malloc(tables * word);
    s->queue = malloc(tables * word), s->queued = calloc(tables, word);
    s->log_room = 64, s->log = malloc((size_t)s->log_room * sizeof *s->log);
    s->best_group = malloc(people * word);
    if (!s->least || !s->most || !s->gain || !s->own || !s->group || !s->place || !s->members
        || !s->size || !s->pull || !s->best_pull || !s->queue || !s->queued || !s->log || !s->best_group) {
        groups_free(s);
        return NULL;
    }
    memcpy(s->least, least, (size_t)groups * word);
    memcpy(s->most, most, (size_t)groups * word);
    for (int32_t v = 0; v < n; v++) {
        const int32_t *a = affinity + (size_t)v * n;
        int32_t *gain = s->gain + (size_t)start[v] * n;
        join(s, v, start[v]);
        for (int32_t i = 0; i < n; i++) {
            gain[i] += a[i];
            if (i != v && a[i] < s->lowest) s->lowest = a[i];
        }
    }
    for (int32_t v = 0; v < n; v++) {
        s->own[v] = s->gain[(size_t)start[v] * n + v];
        s->value += s->own[v];
    }
    s->value /= 2;
    s->best = s->value - 1;
    keep_best(s);
    for (int32_t g = 0; g < groups; g++) enqueue(s, g);
    return s;
}

/* Work for `looks` looks at a group, but never beyond `kicks` kicks in all; per_mille: the share of
 * recent losses to accept; swaps: the most in one kick. Returns the kicks since the start. */
EXPORT int64_t groups_run(Groups *s, int64_t looks, int64_t kicks, int32_t per_mille, int32_t swaps)
{
    losses_tolerate(&s->losses, per_mille);
    while (looks > 0) {
        if (s->waiting) {
            int32_t g = s->queue[s->head];
            s->head = (s->head + 1) % s->groups;
            s->waiting--;
            s->queued[g] = 0;
            looks--;
            improve(s, g);
            continue;
        }
        if (!s->settled) {
            s->settled = 1;
            s->logged = 0;
            keep_best(s);
        } else {
            int64_t loss = s->before - s->value;
            keep_best(s);
            if (loss > s->losses.tolerated) {
                undo(s);
            }
            if (loss > 0) losses_add(&s->losses, loss);
            s->logged = 0;
            s->kicks++;
        }
        if (s->groups < 2 || s->kicks >= kicks) {
            /* The next call starts with a new kick. */
            s->settled = 0;
            return s->kicks;
        }
        s->before = s->value;
        kick(s, swaps);
    }
    return s->kicks;
}

/* The best found: the group of each, and its value. */
EXPORT int64_t groups_best(const Groups *s, int32_t *group)
{
    memcpy(group, s->best_group, (size_t)s->n * sizeof *group);
    return s->best;
}
