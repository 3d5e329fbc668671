#pragma once
#include <hdf5.h>

// Swift does not import macros that call a function, and these do: each makes sure that the
// library is open before it gives a global identifier. One getter each, no logic.

static inline unsigned chdf5_read_only(void) { return H5F_ACC_RDONLY; }
static inline unsigned chdf5_read_write(void) { return H5F_ACC_RDWR; }
static inline unsigned chdf5_truncate(void) { return H5F_ACC_TRUNC; }

static inline hid_t chdf5_file_creation(void) { return H5P_FILE_CREATE; }
static inline hid_t chdf5_file_access(void) { return H5P_FILE_ACCESS; }
static inline hid_t chdf5_group_creation(void) { return H5P_GROUP_CREATE; }
static inline hid_t chdf5_dataset_creation(void) { return H5P_DATASET_CREATE; }
static inline hid_t chdf5_link_creation(void) { return H5P_LINK_CREATE; }

static inline hid_t chdf5_native_float(void) { return H5T_NATIVE_FLOAT; }
static inline hid_t chdf5_native_double(void) { return H5T_NATIVE_DOUBLE; }
static inline hid_t chdf5_native_int8(void) { return H5T_NATIVE_INT8; }
static inline hid_t chdf5_native_int16(void) { return H5T_NATIVE_INT16; }
static inline hid_t chdf5_native_int32(void) { return H5T_NATIVE_INT32; }
static inline hid_t chdf5_native_int64(void) { return H5T_NATIVE_INT64; }
static inline hid_t chdf5_native_uint8(void) { return H5T_NATIVE_UINT8; }
static inline hid_t chdf5_native_uint16(void) { return H5T_NATIVE_UINT16; }
static inline hid_t chdf5_native_uint32(void) { return H5T_NATIVE_UINT32; }
static inline hid_t chdf5_native_uint64(void) { return H5T_NATIVE_UINT64; }

static inline hid_t chdf5_stored_float(void) { return H5T_IEEE_F32LE; }
static inline hid_t chdf5_stored_double(void) { return H5T_IEEE_F64LE; }
static inline hid_t chdf5_stored_int8(void) { return H5T_STD_I8LE; }
static inline hid_t chdf5_stored_int16(void) { return H5T_STD_I16LE; }
static inline hid_t chdf5_stored_int32(void) { return H5T_STD_I32LE; }
static inline hid_t chdf5_stored_int64(void) { return H5T_STD_I64LE; }
static inline hid_t chdf5_stored_uint8(void) { return H5T_STD_U8LE; }
static inline hid_t chdf5_stored_uint16(void) { return H5T_STD_U16LE; }
static inline hid_t chdf5_stored_uint32(void) { return H5T_STD_U32LE; }
static inline hid_t chdf5_stored_uint64(void) { return H5T_STD_U64LE; }
static inline hid_t chdf5_c_string(void) { return H5T_C_S1; }
static inline size_t chdf5_variable_length(void) { return H5T_VARIABLE; }
static inline unsigned chdf5_all_objects(void) { return H5F_OBJ_ALL; }

// Minor error numbers that get an answer of their own.
static inline hid_t chdf5_minor_version(void) { return H5E_VERSION; }
static inline hid_t chdf5_minor_truncated(void) { return H5E_TRUNCATED; }
static inline hid_t chdf5_major_filter_pipeline(void) { return H5E_PLINE; }

// `H5Lget_info` and `H5Gget_info` change their names and structures between 1.10 and 1.12:
// these give the parts that stay.
static inline herr_t chdf5_link_class(
    hid_t location, const char *name, H5L_type_t *kind, size_t *value_size) {
    H5L_info_t info;
    herr_t status = H5Lget_info(location, name, &info, H5P_DEFAULT);
    if (status < 0) return status;
    *kind = info.type;
    *value_size = info.type == H5L_TYPE_HARD ? 0 : info.u.val_size;
    return status;
}

// Where the header of the object that a hard link leads to lies.
static inline herr_t chdf5_link_address(hid_t location, const char *name, haddr_t *address) {
#if H5_VERSION_GE(1, 12, 0)
    H5L_info1_t info;
    herr_t status = H5Lget_info1(location, name, &info, H5P_DEFAULT);
#else
    H5L_info_t info;
    herr_t status = H5Lget_info(location, name, &info, H5P_DEFAULT);
#endif
    if (status >= 0) *address = info.u.address;
    return status;
}

// `H5Pset_file_locking` came with 1.10.7 and 1.12.1; before it there is nothing to set.
static inline herr_t chdf5_set_no_file_locking(hid_t access) {
#if H5_VERSION_GE(1, 12, 1) || (H5_VERSION_GE(1, 10, 7) && H5_VERSION_LE(1, 11, 0))
    return H5Pset_file_locking(access, 0, 1);
#else
    (void)access;
    return 0;
#endif
}

// The address of an open object, which 1.12 hides behind a token: where its header lies.
static inline herr_t chdf5_object_address(hid_t object, haddr_t *address) {
#if H5_VERSION_GE(1, 12, 0)
    H5O_info1_t info;
    herr_t status = H5Oget_info2(object, &info, H5O_INFO_BASIC);
#elif H5_VERSION_GE(1, 10, 3)
    H5O_info_t info;
    herr_t status = H5Oget_info2(object, &info, H5O_INFO_BASIC);
#else
    H5O_info_t info;
    herr_t status = H5Oget_info(object, &info);
#endif
    if (status >= 0) *address = info.addr;
    return status;
}

static inline hid_t chdf5_object_reference(void) { return H5T_STD_REF_OBJ; }
