#pragma once
#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif
#include <mpi.h>
#include <stdint.h>
#ifdef __linux__
#include <sched.h>
#endif

// MPI's constants are macros, and what they stand for differs between its libraries: pointers in
// Open MPI, numbers in MPICH. These give them names that Swift sees; no logic.

static inline int cmpi_initialize(int *level) {
    return MPI_Init_thread(0, 0, MPI_THREAD_FUNNELED, level);
}
static inline int cmpi_return_errors(void) {
    return MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
}
static inline int cmpi_rank(int *rank) { return MPI_Comm_rank(MPI_COMM_WORLD, rank); }
static inline int cmpi_size(int *size) { return MPI_Comm_size(MPI_COMM_WORLD, size); }
static inline int cmpi_success(void) { return MPI_SUCCESS; }
static inline int cmpi_longest_host_name(void) { return MPI_MAX_PROCESSOR_NAME; }
static inline int cmpi_longest_error(void) { return MPI_MAX_ERROR_STRING; }

// A call that is under way: a pointer in one library, a number in another.
typedef struct {
    MPI_Request request;
} cmpi_call;

// An element of so many bytes that is moved as it is.
static inline MPI_Datatype cmpi_element(int size) {
    switch (size) {
    case 1: return MPI_BYTE;
    case 4: return MPI_UINT32_T;
    default: return MPI_UINT64_T;
    }
}
static inline int cmpi_begin_all_gather(
    const void *values, int count, void *all, const int *counts, const int *offsets,
    int element_size, cmpi_call *call) {
    MPI_Datatype element = cmpi_element(element_size);
    return MPI_Iallgatherv(
        values, count, element, all, counts, offsets, element, MPI_COMM_WORLD, &call->request);
}
static inline int cmpi_begin_all_to_all(
    const void *values, const int *sent, const int *sent_offsets, void *all, const int *received,
    const int *received_offsets, int element_size, cmpi_call *call) {
    MPI_Datatype element = cmpi_element(element_size);
    return MPI_Ialltoallv(
        values, sent, sent_offsets, element, all, received, received_offsets, element,
        MPI_COMM_WORLD, &call->request);
}
static inline int cmpi_test(cmpi_call *call, int *is_done) {
    return MPI_Test(&call->request, is_done, MPI_STATUS_IGNORE);
}

// Whether this process may run on a processor; the first one only where the system does not say.
static inline int cmpi_may_run_on(int processor) {
#ifdef __linux__
    cpu_set_t set;
    if (processor >= CPU_SETSIZE || sched_getaffinity(0, sizeof set, &set) != 0) return 0;
    return CPU_ISSET(processor, &set) ? 1 : 0;
#else
    return 0;
#endif
}
static inline int cmpi_processor_limit(void) {
#ifdef __linux__
    return CPU_SETSIZE;
#else
    return 0;
#endif
}
