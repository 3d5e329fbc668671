#pragma once
#include <cblas.h>

// Swift's squareRoot() calls C's sqrt on Linux, whose errno keeps a loop from being vectorized.
// These compile to the square root instruction alone and give the same, correctly rounded value.
static inline float myotask_square_root_float(float x) { return __builtin_elementwise_sqrt(x); }
static inline double myotask_square_root_double(double x) { return __builtin_elementwise_sqrt(x); }
