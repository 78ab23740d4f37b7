// One core's peak of 32-bit fused multiply-adds, in GFLOP/s: independent chains in registers.
// Printed on standard output; compiled by bench/fma_peak.ts for the machine it runs on.
#include <stdio.h>
#include <time.h>

#define CHAINS 12
typedef float lanes __attribute__((vector_size(LANES * 4)));

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

int main(void) {
  lanes sum[CHAINS], factor, term;
  for (int i = 0; i < LANES; i++) factor[i] = 0.999999f, term[i] = 1e-6f;
  for (int c = 0; c < CHAINS; c++) sum[c] = term;
  const long rounds = 40000000;
  double best = 1e9;
  for (int attempt = 0; attempt < 5; attempt++) {
    const double start = now();
    for (long r = 0; r < rounds; r++) {
#pragma GCC unroll 12
      for (int c = 0; c < CHAINS; c++) sum[c] = sum[c] * factor + term;
    }
    const double seconds = now() - start;
    if (seconds < best) best = seconds;
  }
  float check = 0;
  for (int c = 0; c < CHAINS; c++) check += sum[c][0];
  printf("%.1f %g\n", 2.0 * LANES * CHAINS * rounds / best / 1e9, check);
  return 0;
}
