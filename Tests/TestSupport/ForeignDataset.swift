private import CHDF5
public import Foundation
private import HDF5

/// A dataset as other programs write it: by libhdf5 itself, with filters in any order.
public struct ForeignDataset: Sendable {
    /// A filter of the pipeline.
    public enum Filter: Sendable, Hashable {
        /// Sorts bytes by their place in a number.
        case shuffle
        /// Compresses at a level.
        case deflate(Int)
        /// Adds a checksum.
        case fletcher32
        /// Not undone outside libhdf5.
        case scaleOffset
    }

    /// The numbers that are stored.
    public enum Number: Sendable, CaseIterable {
        case float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64
    }

    /// Its name.
    public var name = "x"
    /// What is stored.
    public var number = Number.float32
    /// Whether numbers are stored with their highest byte first.
    public var isBigEndian = false
    /// The count along each dimension.
    public var shape: [Int]
    /// The count of a chunk along each dimension.
    public var chunk: [Int]
    /// The filters, in the order of writing.
    public var filters: [Filter] = []
    /// Whether chunks that reach beyond the dataset are stored without filters.
    public var leavesPartialChunks = false
    /// Whether the file has the structures of the oldest version or those of 1.10.
    public var isOld = false
    /// The value of what is never written; 0 when `nil`.
    public var fill: Double?

    /// Describes a dataset of 32-bit floats without filters.
    public init(shape: [Int], chunk: [Int]) {
        self.shape = shape
        self.chunk = chunk
    }

    /// Creates a file with the dataset and writes its values, converted by libhdf5, or the first
    /// rows of them.
    public func write(_ values: [Double], to url: URL, rows: Int? = nil) {
        ForeignFile.withFile(at: url, isOld: isOld, isEmptied: true) { file in
            let standard = hid_t(H5P_DEFAULT)
            let properties = H5Pcreate(chdf5_dataset_creation())
            _ = unsafe H5Pset_chunk(properties, Int32(chunk.count), chunk.map(hsize_t.init))
            for filter in filters {
                switch filter {
                case .shuffle: H5Pset_shuffle(properties)
                case .deflate(let level): H5Pset_deflate(properties, UInt32(level))
                case .fletcher32: H5Pset_fletcher32(properties)
                case .scaleOffset: H5Pset_scaleoffset(properties, H5Z_SO_INT, 0)
                }
            }
            if leavesPartialChunks {
                H5Pset_chunk_opts(properties, UInt32(H5D_CHUNK_DONT_FILTER_PARTIAL_CHUNKS))
            }
            if var fill {
                _ = unsafe H5Pset_fill_value(properties, chdf5_native_double(), &fill)
            }
            let type = H5Tcopy(stored)
            H5Tset_order(type, isBigEndian ? H5T_ORDER_BE : H5T_ORDER_LE)
            let space = unsafe H5Screate_simple(Int32(shape.count), shape.map(hsize_t.init), nil)
            let dataset = unsafe H5Dcreate2(
                file, name, type, space, standard, properties, standard)
            precondition(dataset >= 0, "cannot create \(name)")
            var count = shape
            count[0] = rows ?? shape[0]
            if !count.contains(0) {
                _ = unsafe H5Sselect_hyperslab(
                    space, H5S_SELECT_SET, shape.map { _ in 0 }, nil, count.map(hsize_t.init), nil)
                let memory = unsafe H5Screate_simple(
                    Int32(shape.count), count.map(hsize_t.init), nil)
                let status = unsafe H5Dwrite(
                    dataset, chdf5_native_double(), memory, space, standard, values)
                precondition(status >= 0, "cannot write \(name)")
                H5Sclose(memory)
            }
            H5Dclose(dataset)
            H5Sclose(space)
            H5Tclose(type)
            H5Pclose(properties)
        }
    }

    /// The bytes of a chunk as they are stored, and its filter mask.
    public static func storedChunk(
        at offset: [Int], of name: String = "x", in url: URL
    ) -> (bytes: [UInt8], mask: UInt32) {
        withDataset(name, in: url) { dataset in
            var size: hsize_t = 0
            var mask: UInt32 = 0
            let offset = offset.map(hsize_t.init)
            _ = unsafe H5Dget_chunk_storage_size(dataset, offset, &size)
            var bytes = [UInt8](repeating: 0, count: Int(size))
            precondition(
                unsafe H5Dread_chunk(dataset, hid_t(H5P_DEFAULT), offset, &mask, &bytes) >= 0)
            return (bytes, mask)
        }
    }

    /// Replaces a chunk by bytes as they should be stored.
    public static func storeChunk(
        _ bytes: [UInt8], mask: UInt32 = 0, at offset: [Int], of name: String = "x", in url: URL
    ) {
        withDataset(name, in: url) { dataset in
            let status = unsafe H5Dwrite_chunk(
                dataset, hid_t(H5P_DEFAULT), mask, offset.map(hsize_t.init), bytes.count, bytes)
            precondition(status >= 0)
        }
    }

    private static func withDataset<Result: Sendable>(
        _ name: String, in url: URL, _ body: (hid_t) -> Result
    ) -> Result {
        ForeignFile.withFile(at: url) { file in
            let standard = hid_t(H5P_DEFAULT)
            let dataset = unsafe H5Dopen2(file, name, standard)
            precondition(dataset >= 0, "cannot open \(name)")
            let result = body(dataset)
            H5Dclose(dataset)
            return result
        }
    }

    private var stored: hid_t {
        switch number {
        case .float32: chdf5_stored_float()
        case .float64: chdf5_stored_double()
        case .int8: chdf5_stored_int8()
        case .int16: chdf5_stored_int16()
        case .int32: chdf5_stored_int32()
        case .int64: chdf5_stored_int64()
        case .uint8: chdf5_stored_uint8()
        case .uint16: chdf5_stored_uint16()
        case .uint32: chdf5_stored_uint32()
        case .uint64: chdf5_stored_uint64()
        }
    }
}
