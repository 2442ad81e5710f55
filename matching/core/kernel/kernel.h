/* What both kernels share: whole numbers, a small random generator, and the threshold of acceptance. */
#ifndef TABLEMATES_KERNEL_H
#define TABLEMATES_KERNEL_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(_WIN32)
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

/* splitmix64 (Steele, Lea and Flood, OOPSLA 2014): the same numbers on every machine. */
static inline uint64_t random_bits(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* 0 .. below - 1 */
static inline int32_t random_below(uint64_t *state, int32_t below)
{
    return (int32_t)(((random_bits(state) >> 32) * (uint64_t)below) >> 32);
}

/* The losses of the latest kicks that did not pay: a share of them is accepted, fewer and fewer
 * as the budget goes (record-to-previous acceptance by quantile). */
enum { LOSSES = 128 };

typedef struct {
    int64_t kept[LOSSES];
    int32_t count, next;
    int64_t tolerated;
} Losses;

static inline int larger_loss(const void *one, const void *other)
{
    int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
    return (a > b) - (a < b);
}

static inline void losses_add(Losses *losses, int64_t loss)
{
    losses->kept[losses->next] = loss;
    losses->next = (losses->next + 1) % LOSSES;
    if (losses->count < LOSSES) losses->count++;
}

/* per_mille: the share of recent losses that is accepted. */
static inline void losses_tolerate(Losses *losses, int32_t per_mille)
{
    int64_t sorted[LOSSES];
    losses->tolerated = 0;
    if (losses->count < 8) return;
    memcpy(sorted, losses->kept, (size_t)losses->count * sizeof *sorted);
    qsort(sorted, (size_t)losses->count, sizeof *sorted, larger_loss);
    int32_t rank = (int32_t)((int64_t)losses->count * per_mille / 1000);
    losses->tolerated = rank > 0 ? sorted[rank - 1] : 0;
}

#endif
