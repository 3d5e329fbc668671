#pragma once

// A function compiled for several instruction sets; the loader picks the widest the processor has.
#if defined(__x86_64__) && defined(__linux__)
#define VECTOR_CLONES                                                                      \
    __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default"), min_vector_width(512)))
#else
#define VECTOR_CLONES
#endif
