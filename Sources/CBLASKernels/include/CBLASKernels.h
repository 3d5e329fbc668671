#pragma once

// Before main, OpenBLAS is made to choose better kernels where it does not know the processor.
//
// A library that is older than the processor falls back to kernels without AVX (those of "Prescott"), which
// multiply matrices four times as slowly. Where the processor has AVX2 or AVX-512 it is asked to choose
// again, for the newest processor that it knows with these instructions. The variable
// OPENBLAS_CORETYPE, by which a user chooses, is left alone when it is set.

// Whether OpenBLAS was made to choose again.
int myotask_blas_chose_again(void);
