/* The real problem: people, tables and all that makes a table worth sitting at, for one round or
 * for several at once.
 *
 * Scores are whole numbers, as the NumPy reference (objective.py) counts them. What a pair costs
 * that meets again depends on its other rounds, so a swap is always judged as the room stands.
 * Two searches share everything: kicks with descent (as in groups.c, on table scores, trying only
 * tables where somebody's best partners sit), and annealing over all rounds together.
 */
#include "kernel.h"

enum { MAX_SEATS = 16, NEAR = 8, CLASH = 0x80, TIMES = 0x7f };

/* The arrays of model.Model, in its shapes; times and place may be NULL. */
typedef struct {
    int32_t n, tables, width, rounds;
    int32_t words, categories, values, partners_each;
    const int32_t *least, *most;      /* tables */
    const int32_t *pair;              /* n x n */
    const uint8_t *between;           /* n x n, or NULL */
    const int32_t *floor;             /* n */
    const uint32_t *topics;           /* n x words */
    const int32_t *worth;             /* words x 32 */
    const uint8_t *alone, *hosts;     /* n */
    const int32_t *category;          /* categories x n */
    const int32_t *limits;            /* categories x values x (width + 1) */
    const int64_t *category_cost;     /* categories */
    const int64_t *place;             /* n x tables, or NULL */
    const int64_t *size_cost;         /* tables x (width + 1) */
    const int32_t *partners;          /* n x partners_each: whom each would like to sit with */
    int64_t pair_unit, topic_unit, near_per_cent, shortfall_unit, met_cost, broken;
    int32_t host_rule, near_size;
} Model;

typedef struct { int32_t round, table, other, person, partner; } Change;

typedef struct {
    Model m;
    uint8_t *between;                 /* own copy, the rounds of this plan counted in */
    int32_t *seats, *size, *table_of; /* rounds x tables x width, rounds x tables, rounds x n */
    int32_t *best_table;              /* rounds x n */
    int32_t *queue, *queued, *pulls;
    int32_t head, waiting;
    Change *log;
    int32_t logged, log_room, settled;
    int64_t *known;                   /* rounds x tables: what each is worth now, or UNKNOWN */
    int64_t value, before, best, kicks;
    uint64_t random;
    Losses losses;
} Room;

#define UNKNOWN INT64_MIN

static int32_t *seats_at(const Room *s, int32_t round, int32_t table)
{
    return s->seats + ((size_t)round * s->m.tables + table) * s->m.width;
}

static int32_t *size_at(const Room *s, int32_t round, int32_t table)
{
    return s->size + (size_t)round * s->m.tables + table;
}

static int32_t highest_bit(uint32_t bits)
{
#if defined(__GNUC__)
    return bits ? 31 - __builtin_clz(bits) : -1;
#else
    int32_t place = -1;
    while (bits) bits >>= 1, place++;
    return place;
#endif
}

static int64_t topic_worth(const Model *m, const int32_t *people, int32_t size)
{
    int64_t best = 0;
    for (int32_t w = 0; w < m->words; w++) {
        uint32_t all = UINT32_MAX, most = UINT32_MAX;
        for (int32_t i = 0; i < size; i++) {
            uint32_t held = m->topics[(size_t)people[i] * m->words + w];
            most = (most & held) | all;
            all &= held;
        }
        int32_t bit = highest_bit(all);
        if (bit >= 0 && m->worth[32 * w + bit] > best) best = m->worth[32 * w + bit];
        bit = size >= m->near_size ? highest_bit(most) : -1;
        if (bit < 0) continue;
        int64_t near = m->worth[32 * w + bit] * m->near_per_cent / 100;
        if (near > best) best = near;
    }
    return best;
}

static int64_t category_costs(const Model *m, const int32_t *people, int32_t size)
{
    int64_t cost = 0;
    for (int32_t c = 0; c < m->categories; c++) {
        const int32_t *value = m->category + (size_t)c * m->n;
        for (int32_t i = 0; i < size; i++) {
            int32_t mine = value[people[i]], same = 1, first = mine >= 0;
            for (int32_t j = 0; first && j < i; j++) first = value[people[j]] != mine;
            if (!first) continue;
            for (int32_t j = i + 1; j < size; j++) same += value[people[j]] == mine;
            int64_t excess = same - m->limits[((size_t)c * m->values + mine) * (m->width + 1) + size];
            if (excess > 0) cost += excess * (excess + 1) / 2 * m->category_cost[c];
        }
    }
    return cost;
}

/* What `people` are worth at this table of this round, all else as it stands. */
static int64_t table_score(const Room *s, int32_t round, int32_t table, const int32_t *people, int32_t size)
{
    const Model *m = &s->m;
    int64_t score = -m->size_cost[(size_t)table * (m->width + 1) + size];
    if (size == 0) return score;
    int32_t best[MAX_SEATS];
    int64_t sum = 0, broken = 0, met = 0;
    for (int32_t i = 0; i < size; i++) best[i] = INT32_MIN;
    for (int32_t i = 0; i < size; i++) {
        const int32_t *pair = m->pair + (size_t)people[i] * m->n;
        for (int32_t j = i + 1; j < size; j++) {
            int32_t affinity = pair[people[j]];
            sum += affinity;
            if (affinity > best[i]) best[i] = affinity;
            if (affinity > best[j]) best[j] = affinity;
        }
    }
    if (s->between) {
        const int32_t *now = s->table_of + (size_t)round * m->n;
        int32_t joint = m->rounds > 1;
        for (int32_t i = 0; i < size; i++) {
            const uint8_t *between = s->between + (size_t)people[i] * m->n;
            for (int32_t j = i + 1; j < size; j++) {
                int32_t found = between[people[j]];
                if (!found) continue;
                int64_t times = found & TIMES;
                broken += (found & CLASH) != 0;
                if (joint && now[people[i]] == now[people[j]]) times--;
                met += times * times;
            }
        }
    }
    uint8_t alone = 0xff;
    int32_t hosts = 0;
    for (int32_t i = 0; i < size; i++) {
        alone &= m->alone[people[i]];
        hosts += m->hosts[people[i]];
        if (m->place) score -= m->place[(size_t)people[i] * m->tables + table];
    }
    broken += (alone & 1) + (alone >> 1 & 1);
    if (m->host_rule == 1) broken += hosts == 0;
    if (m->host_rule == 2 && hosts > 1) broken += hosts - 1;
    score -= broken * m->broken;
    if (m->categories) score -= category_costs(m, people, size);
    if (size < 2) return score;
    int64_t shortfalls = 0;
    for (int32_t i = 0; i < size; i++) {
        int64_t gap = (int64_t)m->floor[people[i]] - best[i];
        if (gap > 0) shortfalls += gap * gap;
    }
    return score + m->pair_unit / (size - 1) * sum - m->met_cost * met
           + m->topic_unit * size * topic_worth(m, people, size) - m->shortfall_unit * shortfalls;
}

static int64_t score_now(const Room *s, int32_t round, int32_t table)
{
    int64_t *known = s->known + (size_t)round * s->m.tables + table;
    if (*known == UNKNOWN)
        *known = table_score(s, round, table, seats_at(s, round, table), *size_at(s, round, table));
    return *known;
}

/* One more meeting of two people, or one less: their tables in other rounds are worth otherwise. */
static void count_pair(Room *s, int32_t round, int32_t one, int32_t other, int32_t change)
{
    size_t n = (size_t)s->m.n;
    s->between[(size_t)other * n + one] += change;
    int32_t times = (s->between[(size_t)one * n + other] += change) & TIMES;
    if (times < (change > 0) + 1) return;
    for (int32_t r = 0; r < s->m.rounds; r++) {
        const int32_t *now = s->table_of + (size_t)r * n;
        if (r != round && now[one] == now[other])
            s->known[(size_t)r * s->m.tables + now[one]] = UNKNOWN;
    }
}

static void count_pairs(Room *s, int32_t round, int32_t person, int32_t table, int32_t change)
{
    const int32_t *people = seats_at(s, round, table);
    s->known[(size_t)round * s->m.tables + table] = UNKNOWN;
    if (!s->between || s->m.rounds < 2) return;
    for (int32_t i = 0; i < *size_at(s, round, table); i++)
        if (people[i] != person) count_pair(s, round, person, people[i], change);
}

static void stand_up(Room *s, int32_t round, int32_t person, int32_t table)
{
    int32_t *people = seats_at(s, round, table), *size = size_at(s, round, table), i = 0;
    count_pairs(s, round, person, table, -1);
    while (people[i] != person) i++;
    people[i] = people[--*size];
}

static void sit_down(Room *s, int32_t round, int32_t person, int32_t table)
{
    int32_t *size = size_at(s, round, table);
    count_pairs(s, round, person, table, 1);
    seats_at(s, round, table)[(*size)++] = person;
    s->table_of[(size_t)round * s->m.n + person] = table;
}

/* person of `table` and partner of `other` change places; -1 is an empty chair. */
static void exchange(Room *s, Change c)
{
    if (c.person >= 0) stand_up(s, c.round, c.person, c.table);
    if (c.partner >= 0) stand_up(s, c.round, c.partner, c.other);
    if (c.person >= 0) sit_down(s, c.round, c.person, c.other);
    if (c.partner >= 0) sit_down(s, c.round, c.partner, c.table);
}

static void enqueue(Room *s, int32_t round, int32_t table)
{
    int32_t all = s->m.rounds * s->m.tables, item = round * s->m.tables + table;
    if (s->queued[item]) return;
    s->queued[item] = 1;
    s->queue[(s->head + s->waiting++) % all] = item;
}

static void record(Room *s, Change c)
{
    if (s->logged == s->log_room) {
        s->log_room *= 2;
        s->log = realloc(s->log, (size_t)s->log_room * sizeof *s->log);
        if (!s->log) abort();
    }
    s->log[s->logged++] = c;
    enqueue(s, c.round, c.table);
    enqueue(s, c.round, c.other);
}

/* Whether both tables keep a lawful number of people. */
static int lawful(const Room *s, Change c)
{
    int32_t here = *size_at(s, c.round, c.table), there = *size_at(s, c.round, c.other);
    if (c.person < 0 && c.partner < 0) return 0;
    if (c.person < 0) return here < s->m.most[c.table] && there > s->m.least[c.other];
    if (c.partner < 0) return there < s->m.most[c.other] && here > s->m.least[c.table];
    return 1;
}

/* What the two tables are worth after the change. */
static int64_t worth_after(const Room *s, Change c)
{
    int32_t one[MAX_SEATS + 1], two[MAX_SEATS + 1], ones = 0, twos = 0;
    const int32_t *here = seats_at(s, c.round, c.table), *there = seats_at(s, c.round, c.other);
    for (int32_t i = 0; i < *size_at(s, c.round, c.table); i++)
        if (here[i] != c.person) one[ones++] = here[i];
    for (int32_t i = 0; i < *size_at(s, c.round, c.other); i++)
        if (there[i] != c.partner) two[twos++] = there[i];
    if (c.partner >= 0) one[ones++] = c.partner;
    if (c.person >= 0) two[twos++] = c.person;
    return table_score(s, c.round, c.table, one, ones) + table_score(s, c.round, c.other, two, twos);
}

/* The tables that hold most of the best partners of the people at this one; all when it breaks a rule. */
static int32_t near_tables(Room *s, int32_t round, int32_t table, int64_t score, int32_t *near)
{
    const Model *m = &s->m;
    int32_t found = 0, *pulls = s->pulls;
    if (m->tables <= NEAR + 1 || score < -m->broken / 2) {
        for (int32_t t = 0; t < m->tables; t++)
            if (t != table) near[found++] = t;
        return found;
    }
    memset(pulls, 0, (size_t)m->tables * sizeof *pulls);
    const int32_t *people = seats_at(s, round, table), *now = s->table_of + (size_t)round * m->n;
    for (int32_t i = 0; i < *size_at(s, round, table); i++)
        for (int32_t p = 0; p < m->partners_each; p++)
            pulls[now[m->partners[(size_t)people[i] * m->partners_each + p]]]++;
    pulls[table] = -1;
    for (; found < NEAR; found++) {
        int32_t best = -1;
        for (int32_t t = 0; t < m->tables; t++)
            if (pulls[t] >= 0 && (best < 0 || pulls[t] > pulls[best])) best = t;
        near[found] = best;
        pulls[best] = -1;
    }
    return found;
}

/* Make the best change between this table and one near it, if any pays. */
static void improve(Room *s, int32_t round, int32_t table, int32_t *near)
{
    int64_t here = score_now(s, round, table), best = 0;
    int32_t count = near_tables(s, round, table, here, near);
    Change chosen = {0};
    for (int32_t k = 0; k < count; k++) {
        int32_t other = near[k];
        int64_t there = score_now(s, round, other);
        int32_t ours = *size_at(s, round, table), theirs = *size_at(s, round, other);
        for (int32_t i = 0; i <= ours; i++)
            for (int32_t j = 0; j <= theirs; j++) {
                Change c = {round, table, other, i < ours ? seats_at(s, round, table)[i] : -1,
                            j < theirs ? seats_at(s, round, other)[j] : -1};
                if (!lawful(s, c)) continue;
                int64_t gain = worth_after(s, c) - here - there;
                if (gain > best) best = gain, chosen = c;
            }
    }
    if (best <= 0) return;
    exchange(s, chosen);
    record(s, chosen);
    s->value += best;
}

static int32_t any_chair(Room *s, int32_t round, int32_t table)
{
    int32_t chair = random_below(&s->random, s->m.most[table]);
    return chair < *size_at(s, round, table) ? seats_at(s, round, table)[chair] : -1;
}

/* A change at random: somebody, and a chair at a table where one of their best partners sits, or
 * now and then at any table. */
static Change any_change(Room *s, int32_t round, int32_t person)
{
    const Model *m = &s->m;
    const int32_t *now = s->table_of + (size_t)round * m->n;
    int32_t other;
    if (m->partners_each && random_below(&s->random, 4))
        other = now[m->partners[(size_t)person * m->partners_each + random_below(&s->random, m->partners_each)]];
    else
        other = random_below(&s->random, m->tables);
    Change c = {round, now[person], other, person, -1};
    if (other != c.table) c.partner = any_chair(s, round, other);
    return c;
}

static void kick(Room *s)
{
    int32_t round = random_below(&s->random, s->m.rounds), swaps = 1 + random_below(&s->random, 3);
    int32_t person = random_below(&s->random, s->m.n);
    for (int32_t i = 0; i < swaps; i++) {
        Change c = any_change(s, round, person);
        if (c.table == c.other || !lawful(s, c)) continue;
        int64_t gain = worth_after(s, c) - score_now(s, round, c.table) - score_now(s, round, c.other);
        exchange(s, c);
        record(s, c);
        s->value += gain;
        /* On from whoever had to go, or elsewhere: at two tables the chain alone leads nowhere. */
        person = c.partner >= 0 && random_below(&s->random, 2) ? c.partner : random_below(&s->random, s->m.n);
    }
}

static void undo(Room *s)
{
    while (s->logged > 0) {
        Change c = s->log[--s->logged];
        exchange(s, (Change){c.round, c.other, c.table, c.person, c.partner});
    }
    s->value = s->before;
}

static void keep_best(Room *s)
{
    if (s->value <= s->best) return;
    s->best = s->value;
    memcpy(s->best_table, s->table_of, (size_t)s->m.rounds * s->m.n * sizeof *s->best_table);
}

EXPORT void room_free(Room *s)
{
    if (!s) return;
    free(s->between), free(s->seats), free(s->size), free(s->table_of), free(s->best_table);
    free(s->queue), free(s->queued), free(s->pulls), free(s->log), free(s->known), free(s);
}

/* start: rounds x n, the table of each. The arrays of the model must outlive the search. NULL
 * without memory. */
EXPORT Room *room_new(const Model *model, const int32_t *start, uint64_t seed)
{
    Room *s = calloc(1, sizeof *s);
    if (!s) return NULL;
    s->m = *model, s->random = seed;
    size_t n = (size_t)model->n, all = (size_t)model->rounds * model->tables, word = sizeof(int32_t);
    s->seats = calloc(all * (size_t)model->width + 1, word), s->size = calloc(all + 1, word);
    s->table_of = calloc((size_t)model->rounds * n + 1, word);
    s->best_table = calloc((size_t)model->rounds * n + 1, word);
    s->queue = calloc(all + 1, word), s->queued = calloc(all + 1, word);
    s->pulls = calloc(2 * (size_t)model->tables + 2, word);
    s->log_room = 64, s->log = malloc((size_t)s->log_room * sizeof *s->log);
    s->known = malloc((all + 1) * sizeof *s->known);
    if (model->between) s->between = malloc(n * n + 1);
    if (!s->seats || !s->size || !s->table_of || !s->best_table || !s->queue || !s->queued || !s->pulls
        || !s->log || !s->known || (model->between && !s->between)) {
        room_free(s);
        return NULL;
    }
    if (model->between) memcpy(s->between, model->between, n * n);
    for (size_t i = 0; i < all; i++) s->known[i] = UNKNOWN;
    for (int32_t r = 0; r < model->rounds; r++) {
        for (int32_t v = 0; v < model->n; v++) sit_down(s, r, v, start[(size_t)r * n + v]);
        for (int32_t t = 0; t < model->tables; t++) enqueue(s, r, t);
    }
    s->best = -1;
    keep_best(s);
    return s;
}

/* As groups_run: `looks` at a table, never more than `kicks` in all. */
EXPORT int64_t room_run(Room *s, int64_t looks, int64_t kicks, int32_t per_mille)
{
    int32_t *near = s->pulls + s->m.tables + 1, all = s->m.rounds * s->m.tables;
    losses_tolerate(&s->losses, per_mille);
    while (looks-- > 0) {
        if (s->waiting) {
            int32_t item = s->queue[s->head];
            s->head = (s->head + 1) % all;
            s->waiting--;
            s->queued[item] = 0;
            improve(s, item / s->m.tables, item % s->m.tables, near);
            continue;
        }
        keep_best(s);
        if (s->settled) {
            int64_t loss = s->before - s->value;
            if (loss > s->losses.tolerated) undo(s);
            if (loss > 0) losses_add(&s->losses, loss);
            s->kicks++;
        }
        s->logged = 0;
        s->settled = s->m.tables > 1 && s->kicks < kicks;
        if (!s->settled) return s->kicks;
        s->before = s->value;
        kick(s);
    }
    return s->kicks;
}

/* `proposals` random changes, each made if it loses no more than a random share of `temperature`;
 * shares: 1024 per milles, the quantiles of an exponential law (Metropolis and others, 1953). */
EXPORT void room_anneal(Room *s, int64_t proposals, int64_t temperature, const int32_t *shares)
{
    while (proposals-- > 0) {
        int32_t round = random_below(&s->random, s->m.rounds);
        Change c = any_change(s, round, random_below(&s->random, s->m.n));
        int64_t lost = temperature / 1000 * shares[random_below(&s->random, 1024)];
        if (c.table == c.other || !lawful(s, c)) continue;
        int64_t gain = worth_after(s, c) - score_now(s, round, c.table) - score_now(s, round, c.other);
        if (gain < -lost) continue;
        exchange(s, c);
        enqueue(s, round, c.table);
        enqueue(s, round, c.other);
        s->value += gain;
        keep_best(s);
    }
    s->settled = s->logged = 0;
}

/* One person takes the chair of another in every round; returns what that gains. Who meets twice
 * stays as it is, only under other names. */
static int64_t trade_places(Room *s, int32_t one, int32_t other)
{
    int64_t gain = 0;
    for (int32_t r = 0; r < s->m.rounds; r++) {
        const int32_t *now = s->table_of + (size_t)r * s->m.n;
        Change c = {r, now[one], now[other], one, other};
        if (c.table == c.other) continue;
        gain += worth_after(s, c) - score_now(s, r, c.table) - score_now(s, r, c.other);
        exchange(s, c);
    }
    return gain;
}

/* As room_anneal, but two people trade places in all rounds at once: for a schedule whose meetings
 * are right as they are, and only who plays which part is open. */
EXPORT void room_recast(Room *s, int64_t proposals, int64_t temperature, const int32_t *shares)
{
    while (proposals-- > 0) {
        int32_t one = random_below(&s->random, s->m.n), other = random_below(&s->random, s->m.n);
        int64_t lost = temperature / 1000 * shares[random_below(&s->random, 1024)];
        if (one == other) continue;
        int64_t gain = trade_places(s, one, other);
        if (gain < -lost) {
            trade_places(s, one, other);
            continue;
        }
        s->value += gain;
        keep_best(s);
    }
}

/* The best found: rounds x n, the table of each; returns what it is worth more than the start. */
EXPORT int64_t room_best(const Room *s, int32_t *table_of)
{
    memcpy(table_of, s->best_table, (size_t)s->m.rounds * s->m.n * sizeof *table_of);
    return s->best;
}

/* What each table of the start, or of the search as it stands, is worth: rounds x tables. */
EXPORT void room_scores(const Room *s, int64_t *scores)
{
    for (int32_t r = 0; r < s->m.rounds; r++)
        for (int32_t t = 0; t < s->m.tables; t++) scores[(size_t)r * s->m.tables + t] = score_now(s, r, t);
}
