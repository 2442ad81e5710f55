/* Two search methods from the literature on the maximally diverse grouping problem, as yardsticks.
 *
 * Our own implementation of the two methods as we understand them; details and parameters may
 * differ from the authors' programs:
 *   IMS    iterated maxima search, X. Lai and J.-K. Hao, EJOR 254 (2016) 780-800
 *   TPSDP  three-phase search with dynamic population size, X. Yang and others, EJOR 302 (2022)
 *
 * Both rest on the same descent over single moves and swaps. Whole numbers only. gain[k*n + i] is
 * what person i shares with group k, a row per group, so that a move is two contiguous passes and
 * a swap is judged in O(1).
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define IMS_DEPTH 5       /* descents without a new best before the strong perturbation */
#define IMS_WEAK 3        /* swaps of the weak perturbation */
#define LARGE 400         /* beyond this many people both perturb more strongly */
#define POPULATION 15     /* TPSDP: first population; it shrinks to 2, or 1 for large problems */
#define DIRECTED_ROUNDS 3 /* TPSDP: repetitions of the directed perturbation */
#define DISTANCE_WEIGHT 0.05 /* TPSDP: how far being different makes up for being worse */
#define ROWS_PER_CLOCK 32

typedef struct {
    int n, groups;
    const int32_t *pair; /* (n, n), symmetric, zero diagonal */
    const int32_t *least, *most;
    int fixed;           /* every least equals its most: no single moves */
    clock_t begin, budget;
    uint64_t random;
    int late;
    int32_t *gain;       /* (groups, n) */
    int32_t *of, *size;  /* the current grouping */
    int64_t value;
    int32_t *best_of;
    int64_t best;
    int32_t *toward, *spare, *order; /* scratch: groups, n, n */
} Search;

static uint64_t next_random(Search *s)
{
    uint64_t x = s->random;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    s->random = x;
    return x * UINT64_C(2685821657736338717);
}

static int below(Search *s, int limit)
{
    return (int)(((next_random(s) >> 32) * (uint64_t)limit) >> 32);
}

static double used(const Search *s)
{
    return (double)(clock() - s->begin) / (double)s->budget;
}

static int is_late(Search *s)
{
    if (!s->late)
        s->late = clock() - s->begin >= s->budget;
    return s->late;
}

static void shuffle(Search *s, int32_t *list, int length)
{
    for (int i = length - 1; i > 0; i--) {
        int j = below(s, i + 1);
        int32_t kept = list[i];
        list[i] = list[j];
        list[j] = kept;
    }
}

/* gain and value of the current grouping from scratch. */
static void recount(Search *s)
{
    int n = s->n;
    memset(s->gain, 0, sizeof(int32_t) * (size_t)s->groups * n);
    for (int i = 0; i < n; i++) {
        int32_t *row = s->gain + (size_t)s->of[i] * n;
        const int32_t *pair = s->pair + (size_t)i * n;
        for (int j = 0; j < n; j++)
            row[j] += pair[j];
    }
    int64_t twice = 0;
    for (int i = 0; i < n; i++)
        twice += s->gain[(size_t)s->of[i] * n + i];
    s->value = twice / 2;
}

static void keep_best(Search *s)
{
    if (s->value > s->best) {
        s->best = s->value;
        memcpy(s->best_of, s->of, sizeof(int32_t) * s->n);
    }
}

static void move_to(Search *s, int person, int group)
{
    int n = s->n;
    int32_t *from = s->gain + (size_t)s->of[person] * n;
    int32_t *to = s->gain + (size_t)group * n;
    const int32_t *pair = s->pair + (size_t)person * n;
    s->value += to[person] - from[person];
    for (int j = 0; j < n; j++) {
        from[j] -= pair[j];
        to[j] += pair[j];
    }
    s->size[s->of[person]]--;
    s->size[group]++;
    s->of[person] = group;
}

static void swap_with(Search *s, int first, int second, int32_t delta)
{
    int n = s->n, a = s->of[first], b = s->of[second];
    int32_t *row_a = s->gain + (size_t)a * n, *row_b = s->gain + (size_t)b * n;
    const int32_t *one = s->pair + (size_t)first * n, *two = s->pair + (size_t)second * n;
    for (int j = 0; j < n; j++) {
        int32_t change = two[j] - one[j];
        row_a[j] += change;
        row_b[j] -= change;
    }
    s->of[first] = b;
    s->of[second] = a;
    s->value += delta;
}

static int may_move(const Search *s, int person, int group)
{
    int from = s->of[person];
    return from != group && s->size[from] > s->least[from] && s->size[group] < s->most[group];
}

static int32_t swap_delta(const Search *s, int first, int second)
{
    size_t n = (size_t)s->n, a = (size_t)s->of[first] * n, b = (size_t)s->of[second] * n;
    return s->gain[b + first] - s->gain[a + first] + s->gain[a + second] - s->gain[b + second]
           - 2 * s->pair[first * n + second];
}

static int single_moves(Search *s)
{
    int moved = 0, n = s->n;
    for (int i = 0; i < n; i++)
        for (int k = 0; k < s->groups; k++)
            if (may_move(s, i, k)
                && s->gain[(size_t)k * n + i] > s->gain[(size_t)s->of[i] * n + i]) {
                move_to(s, i, k);
                moved = 1;
            }
    return moved;
}

/* Every swap of `first` with somebody later, each done at once if it helps. */
static int swaps_of(Search *s, int first)
{
    int n = s->n, swapped = 0, second = first + 1;
    while (second < n) {
        int a = s->of[first];
        const int32_t *row = s->gain + (size_t)a * n, *pair = s->pair + (size_t)first * n;
        int32_t own = row[first];
        for (int k = 0; k < s->groups; k++)
            s->toward[k] = s->gain[(size_t)k * n + first] - own;
        for (; second < n; second++) {
            int b = s->of[second];
            int32_t delta = s->toward[b] + row[second] - s->gain[(size_t)b * n + second]
                            - 2 * pair[second];
            if (delta > 0 && a != b) {
                swap_with(s, first, second, delta);
                swapped = 1;
                second++;
                break;
            }
        }
    }
    return swapped;
}

/* First improvement over moves, then swaps, until neither finds one or the time is up. */
static void descend(Search *s)
{
    int n = s->n, clean = 0;
    for (;;) {
        if (!s->fixed && single_moves(s))
            clean = 0;
        for (int first = 0; first < n; first++) {
            clean = swaps_of(s, first) ? 0 : clean + 1;
            if (s->fixed && clean >= n)
                return;
            if (first % ROWS_PER_CLOCK == 0 && is_late(s))
                return;
        }
        if (clean >= n)
            return;
    }
}

static void random_grouping(Search *s)
{
    int n = s->n, placed = 0;
    for (int i = 0; i < n; i++)
        s->order[i] = i;
    shuffle(s, s->order, n);
    for (int k = 0; k < s->groups; k++) {
        s->size[k] = s->least[k];
        for (int seat = 0; seat < s->least[k]; seat++)
            s->of[s->order[placed++]] = k;
    }
    while (placed < n) {
        int k = below(s, s->groups);
        if (s->size[k] < s->most[k]) {
            s->size[k]++;
            s->of[s->order[placed++]] = k;
        }
    }
}

/* `steps` random legal moves or swaps; the gain is counted anew. */
static void perturb(Search *s, int steps)
{
    int n = s->n;
    int64_t moves = (int64_t)n * s->groups, all = moves + (int64_t)n * (n - 1) / 2;
    for (int tries = 0; steps > 0 && tries < 1000000; tries++) {
        if (!s->fixed && (int64_t)(next_random(s) % (uint64_t)all) < moves) {
            int i = below(s, n), k = below(s, s->groups);
            if (!may_move(s, i, k))
                continue;
            s->size[s->of[i]]--;
            s->size[k]++;
            s->of[i] = k;
        } else {
            int i = below(s, n), j = below(s, n);
            if (s->of[i] == s->of[j])
                continue;
            int32_t kept = s->of[i];
            s->of[i] = s->of[j];
            s->of[j] = kept;
        }
        steps--;
    }
    recount(s);
}

/* Swaps of a random person with the partner that costs least. */
static void perturb_weakly(Search *s)
{
    int n = s->n;
    for (int step = 0; step < IMS_WEAK; step++) {
        int first = below(s, n), chosen = -1;
        int32_t least_loss = INT32_MIN;
        for (int other = 0; other < n; other++) {
            if (s->of[other] == s->of[first])
                continue;
            int32_t delta = swap_delta(s, first, other);
            if (delta > least_loss) {
                least_loss = delta;
                chosen = other;
            }
        }
        if (chosen >= 0)
            swap_with(s, first, chosen, least_loss);
    }
}

static void iterated_maxima(Search *s)
{
    int n = s->n, steps = (int)((n <= LARGE ? 1.0 : 1.5) * n / s->groups);
    int32_t *summit_of = s->spare, *summit_size = s->spare + n;
    random_grouping(s);
    recount(s);
    descend(s);
    keep_best(s);
    while (!is_late(s)) {
        int64_t summit = s->value;
        memcpy(summit_of, s->of, sizeof(int32_t) * n);
        memcpy(summit_size, s->size, sizeof(int32_t) * s->groups);
        for (int failures = 0; failures < IMS_DEPTH && !is_late(s); failures++) {
            perturb_weakly(s);
            descend(s);
            if (s->value > summit) {
                summit = s->value;
                memcpy(summit_of, s->of, sizeof(int32_t) * n);
                memcpy(summit_size, s->size, sizeof(int32_t) * s->groups);
                failures = -1;
                keep_best(s);
            }
        }
        memcpy(s->of, summit_of, sizeof(int32_t) * n);
        memcpy(s->size, summit_size, sizeof(int32_t) * s->groups);
        perturb(s, steps);
        descend(s);
        keep_best(s);
    }
}

/* --- three-phase search ----------------------------------------------------------------- */

typedef struct {
    int32_t *of, *size;
    int64_t value;
} Member;

static void load(Search *s, const Member *member)
{
    memcpy(s->of, member->of, sizeof(int32_t) * s->n);
    memcpy(s->size, member->size, sizeof(int32_t) * s->groups);
    s->value = member->value;
}

static void store(const Search *s, Member *member)
{
    memcpy(member->of, s->of, sizeof(int32_t) * s->n);
    memcpy(member->size, s->size, sizeof(int32_t) * s->groups);
    member->value = s->value;
}

static int64_t inner_sum(const Search *s, const int32_t *list, int length)
{
    int64_t sum = 0;
    for (int i = 0; i < length; i++)
        for (int j = i + 1; j < length; j++)
            sum += s->pair[(size_t)list[i] * s->n + list[j]];
    return sum;
}

/* What is left of one parent during a crossover: its groups as lists. */
typedef struct {
    int32_t *list;    /* (groups, widest) */
    int32_t *length;  /* (groups,) */
    int64_t *sum;     /* (groups,) */
    int32_t *of;      /* (n,), -1 once taken */
} Rest;

static void unpack(const Search *s, const Member *member, Rest *rest, int widest)
{
    memset(rest->length, 0, sizeof(int32_t) * s->groups);
    memcpy(rest->of, member->of, sizeof(int32_t) * s->n);
    for (int i = 0; i < s->n; i++) {
        int k = member->of[i];
        rest->list[(size_t)k * widest + rest->length[k]++] = i;
    }
    for (int k = 0; k < s->groups; k++)
        rest->sum[k] = inner_sum(s, rest->list + (size_t)k * widest, rest->length[k]);
}

static void take(const Search *s, Rest *rest, int person, int widest)
{
    int k = rest->of[person];
    int32_t *list = rest->list + (size_t)k * widest;
    int kept = 0;
    for (int i = 0; i < rest->length[k]; i++) {
        rest->sum[k] -= s->pair[(size_t)person * s->n + list[i]];
        if (list[i] != person)
            list[kept++] = list[i];
    }
    rest->length[k] = kept;
    rest->of[person] = -1;
}

/* The free group that holds `length` people, at random of several; else the roomiest. */
static int child_group(Search *s, const int32_t *taken, int length)
{
    int found = -1, fitting = 0, roomiest = -1;
    for (int k = 0; k < s->groups; k++) {
        if (taken[k])
            continue;
        if (roomiest < 0 || s->most[k] > s->most[roomiest])
            roomiest = k;
        if (s->most[k] >= length && below(s, ++fitting) == 0)
            found = k;
    }
    return found >= 0 ? found : roomiest;
}

/* Whoever is left over: first up to every least, from groups with people to spare if need be. */
static void complete(Search *s)
{
    int left = 0, missing = 0;
    for (int i = 0; i < s->n; i++)
        if (s->of[i] < 0)
            s->order[left++] = i;
    for (int k = 0; k < s->groups; k++)
        missing += s->size[k] < s->least[k] ? s->least[k] - s->size[k] : 0;
    while (left < missing) {
        int i = below(s, s->n);
        if (s->of[i] >= 0 && s->size[s->of[i]] > s->least[s->of[i]]) {
            s->size[s->of[i]]--;
            s->of[i] = -1;
            s->order[left++] = i;
        }
    }
    shuffle(s, s->order, left);
    for (int k = 0; k < s->groups; k++)
        while (s->size[k] < s->least[k]) {
            s->of[s->order[--left]] = k;
            s->size[k]++;
        }
    while (left > 0) {
        int k = below(s, s->groups);
        if (s->size[k] < s->most[k]) {
            s->of[s->order[--left]] = k;
            s->size[k]++;
        }
    }
}

/* The child takes, from a random parent each time, what is left of its richest group. */
static void cross(Search *s, Rest rest[2], int widest)
{
    int32_t *taken = s->toward;
    memset(taken, 0, sizeof(int32_t) * s->groups);
    memset(s->size, 0, sizeof(int32_t) * s->groups);
    for (int i = 0; i < s->n; i++)
        s->of[i] = -1;
    for (int step = 0; step < s->groups; step++) {
        Rest *parent = &rest[next_random(s) >> 63];
        int richest = 0;
        for (int k = 1; k < s->groups; k++)
            if (parent->sum[k] > parent->sum[richest]
                || (parent->sum[k] == parent->sum[richest]
                    && parent->length[k] > parent->length[richest]))
                richest = k;
        int length = parent->length[richest];
        memcpy(s->spare, parent->list + (size_t)richest * widest, sizeof(int32_t) * length);
        int target = child_group(s, taken, length);
        if (length > s->most[target]) {
            shuffle(s, s->spare, length);
            length = s->most[target];
        }
        for (int i = 0; i < length; i++) {
            s->of[s->spare[i]] = target;
            take(s, &rest[0], s->spare[i], widest);
            take(s, &rest[1], s->spare[i], widest);
        }
        s->size[target] = length;
        taken[target] = 1;
    }
    complete(s);
    recount(s);
}

/* Pairs that only one of two groupings has together, as a share of all pairs, times groups. */
static double distance(Search *s, const int32_t *one, const int32_t *two, int32_t *shared)
{
    int n = s->n, groups = s->groups;
    int64_t together = 0, both = 0;
    memset(shared, 0, sizeof(int32_t) * (size_t)groups * groups);
    memset(s->toward, 0, sizeof(int32_t) * groups);
    memset(s->spare, 0, sizeof(int32_t) * groups);
    for (int i = 0; i < n; i++) {
        together += s->toward[one[i]]++ + s->spare[two[i]]++;
        both += shared[(size_t)one[i] * groups + two[i]]++;
    }
    return (double)(together - 2 * both) / ((double)n * (n - 1) / 2) * groups;
}

/* Each group gives up its weakest member; all of them go where they are missed most. */
static void perturb_directedly(Search *s, int32_t *toward)
{
    int n = s->n, groups = s->groups;
    int32_t *weakest = s->order, *waiting = s->spare;
    for (int round = 0; round < DIRECTED_ROUNDS; round++) {
        for (int k = 0; k < groups; k++)
            weakest[k] = -1;
        for (int i = 0; i < n; i++) {
            const int32_t *row = s->gain + (size_t)s->of[i] * n;
            int32_t *w = &weakest[s->of[i]];
            if (*w < 0 || row[i] < row[*w])
                *w = i;
        }
        int out = 0;
        for (int k = 0; k < groups; k++)
            if (weakest[k] >= 0) {
                waiting[out++] = weakest[k];
                s->size[k]--;
            }
        for (int r = 0; r < out; r++)
            for (int k = 0; k < groups; k++) {
                int32_t lost = weakest[k] < 0 ? 0 : s->pair[(size_t)waiting[r] * n + weakest[k]];
                toward[(size_t)r * groups + k] = s->gain[(size_t)k * n + waiting[r]] - lost;
            }
        int missing = 0;
        for (int k = 0; k < groups; k++)
            missing += s->size[k] < s->least[k] ? s->least[k] - s->size[k] : 0;
        while (out > 0) {
            int person = -1, group = -1;
            double most = 0;
            if (missing > 0) {
                group = below(s, groups);
                while (s->size[group] >= s->least[group])
                    group = (group + 1) % groups;
                for (int r = 0; r < out; r++) {
                    int32_t here = toward[(size_t)r * groups + group];
                    if (person < 0 || here > most) {
                        person = r;
                        most = here;
                    }
                }
                missing--;
            } else {
                person = below(s, out);
                for (int k = 0; k < groups; k++) {
                    int size = s->size[k] > 0 ? s->size[k] : 1;
                    double mean = (double)toward[(size_t)person * groups + k] / size;
                    if (s->size[k] < s->most[k] && (group < 0 || mean > most)) {
                        group = k;
                        most = mean;
                    }
                }
            }
            int placed = waiting[person];
            s->of[placed] = group;
            s->size[group]++;
            out--;
            waiting[person] = waiting[out];
            memmove(toward + (size_t)person * groups, toward + (size_t)out * groups,
                    sizeof(int32_t) * groups);
            for (int r = 0; r < out; r++)
                toward[(size_t)r * groups + group] += s->pair[(size_t)placed * n + waiting[r]];
        }
        recount(s);
    }
}

static int by_value(const void *one, const void *two)
{
    int64_t a = ((const Member *)one)->value, b = ((const Member *)two)->value;
    return (a < b) - (a > b);
}

static int three_phase(Search *s)
{
    int n = s->n, groups = s->groups, widest = 0, size = POPULATION;
    int smallest = n <= LARGE ? 2 : 1;
    double strong = n <= LARGE ? 1.2 : 2.0, gentle = n <= LARGE ? 0.1 : 1.0;
    for (int k = 0; k < groups; k++)
        widest = s->most[k] > widest ? s->most[k] : widest;
    int32_t *people = malloc(sizeof(int32_t) * (size_t)POPULATION * 2 * (n + groups));
    int32_t *lists = malloc(sizeof(int32_t) * 2 * ((size_t)groups * widest + groups + n));
    int64_t *sums = malloc(sizeof(int64_t) * 2 * groups);
    int32_t *square = malloc(sizeof(int32_t) * (size_t)groups * groups);
    int failed = !people || !lists || !sums || !square;
    if (!failed) {
        Member member[POPULATION], before[POPULATION];
        Rest rest[2];
        int32_t *free_space = people;
        for (int m = 0; m < POPULATION; m++) {
            Member *both[2] = {&member[m], &before[m]};
            for (int side = 0; side < 2; side++) {
                both[side]->of = free_space;
                both[side]->size = free_space + n;
                free_space += n + groups;
            }
        }
        for (int side = 0; side < 2; side++) {
            rest[side].list = lists + side * ((size_t)groups * widest + groups + n);
            rest[side].length = rest[side].list + (size_t)groups * widest;
            rest[side].of = rest[side].length + groups;
            rest[side].sum = sums + (size_t)side * groups;
        }
        for (int m = 0; m < size; m++) {
            random_grouping(s);
            recount(s);
            descend(s);
            keep_best(s);
            store(s, &member[m]);
        }
        while (!is_late(s)) {
            double share = used(s);
            int steps = (int)((strong - (strong - gentle) * share) * n / groups);
            for (int m = 0; m < size && !is_late(s); m++) {
                load(s, &member[m]);
                perturb(s, steps > 0 ? steps : 1);
                descend(s);
                keep_best(s);
                store(s, &member[m]);
            }
            for (int m = 0; m < size && size > 1 && !is_late(s); m++) {
                int other = below(s, size - 1);
                unpack(s, &member[m], &rest[0], widest);
                unpack(s, &member[other + (other >= m)], &rest[1], widest);
                cross(s, rest, widest);
                descend(s);
                keep_best(s);
                store(s, &before[m]);
            }
            for (int m = 0; m < size && size > 1 && !is_late(s); m++) {
                Member *child = &before[m], *parent = &member[m];
                double worth = (double)child->value / (double)parent->value
                               + DISTANCE_WEIGHT * distance(s, child->of, parent->of, square);
                if (child->value >= parent->value || worth > 1) {
                    load(s, child);
                    store(s, parent);
                }
            }
            for (int m = 0; m < size && !is_late(s); m++) {
                load(s, &member[m]);
                recount(s);
                perturb_directedly(s, square);
                descend(s);
                keep_best(s);
                store(s, &member[m]);
            }
            qsort(member, size, sizeof(Member), by_value);
            int wanted = POPULATION - (int)((POPULATION - smallest) * used(s));
            size = wanted < smallest ? smallest : wanted < size ? wanted : size;
        }
    }
    free(people);
    free(lists);
    free(sums);
    free(square);
    return failed;
}

/* pair: (n, n). least, most: (groups,). method: 0 IMS, 1 TPSDP. table_of: (n,), out.
 * Returns 0, or 1 when there is no memory. */
int peer_run(int n, int groups, const int32_t *pair, const int32_t *least, const int32_t *most,
             double cpu_seconds, uint64_t seed, int method, int32_t *table_of)
{
    Search s = {0};
    s.begin = clock();
    s.budget = (clock_t)(cpu_seconds * CLOCKS_PER_SEC);
    s.n = n;
    s.groups = groups;
    s.pair = pair;
    s.least = least;
    s.most = most;
    s.random = seed * UINT64_C(0x9E3779B97F4A7C15) + UINT64_C(0x2545F4914F6CDD1D);
    if (!s.random)
        s.random = 1;
    s.best = INT64_MIN;
    s.best_of = table_of;
    s.fixed = 1;
    for (int k = 0; k < groups; k++)
        s.fixed &= least[k] == most[k];
    s.gain = malloc(sizeof(int32_t) * (size_t)groups * n);
    s.of = malloc(sizeof(int32_t) * ((size_t)3 * n + 2 * groups + 2 * groups));
    int failed = !s.gain || !s.of;
    if (!failed) {
        s.size = s.of + n;
        s.toward = s.size + groups;
        s.spare = s.toward + groups;
        s.order = s.spare + n + groups;
        failed = method ? three_phase(&s) : (iterated_maxima(&s), 0);
    }
    free(s.gain);
    free(s.of);
    return failed;
}
