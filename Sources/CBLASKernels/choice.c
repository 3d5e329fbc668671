#include "CBLASKernels.h"

static int chose_again = 0;

int myotask_blas_chose_again(void) { return chose_again; }

#if defined(__x86_64__) && defined(__linux__)

#include <stdlib.h>
#include <string.h>
#include <strings.h>

// OpenBLAS' own functions, which its headers do not declare; absent from builds for one processor only.
extern char *openblas_get_corename(void) __attribute__((weak));
extern void gotoblas_dynamic_init(void) __attribute__((weak));
extern void gotoblas_dynamic_quit(void) __attribute__((weak));

static const char *const without_avx2[] = {"Katmai", "Coppermine", "Northwood", "Prescott", "Banias",
    "Atom", "Core2", "Penryn", "Dunnington", "Nehalem", "Athlon", "Opteron", "Opteron_SSE3",
    "Barcelona", "Nano", "Sandybridge", "Bobcat", "Bulldozer", "Unknown"};

// Before there are threads, which must not read the environment while it is changed.
__attribute__((constructor)) static void choose_again(void) {
    if (!openblas_get_corename || !gotoblas_dynamic_init || !gotoblas_dynamic_quit) return;
    if (getenv("OPENBLAS_CORETYPE")) return;
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return;
    const char *chosen = openblas_get_corename();
    int is_old = 0;
    for (unsigned long i = 0; i < sizeof without_avx2 / sizeof *without_avx2; i++) {
        if (chosen && strcasecmp(chosen, without_avx2[i]) == 0) is_old = 1;
    }
    if (!is_old) return;
    int has_avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512cd")
        && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq")
        && __builtin_cpu_supports("avx512vl");
    // Not for the processes that this one starts, which may run on other processors.
    if (setenv("OPENBLAS_CORETYPE", has_avx512 ? "SkylakeX" : "Haswell", 1) != 0) return;
    gotoblas_dynamic_quit();
    gotoblas_dynamic_init();
    unsetenv("OPENBLAS_CORETYPE");
    chose_again = 1;
}

#endif
