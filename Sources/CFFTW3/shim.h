#pragma once
#include <fftw3.h>

// A text whose length C does not say is not imported.
static inline const char *cfftw3_version(void) { return fftw_version; }
