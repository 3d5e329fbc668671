#pragma once
#include <stdbool.h>
#include <stddef.h>

/// How often this thread has asked for memory so far.
size_t allocation_count(void);

/// Whether requests are counted: with glibc, but not under a sanitizer, which counts for itself.
bool allocations_are_counted(void);
