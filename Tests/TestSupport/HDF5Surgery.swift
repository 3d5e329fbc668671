private import CHDF5
public import Foundation
private import HDF5

/// Changes HDF5 files in ways that the library's own writer never would: for tests of what is
/// refused.
public enum HDF5Surgery {
    /// What is done to a file.
    public enum Operation: Sendable {
        /// Removes a link.
        case remove(String)
        /// Makes a soft link.
        case softLink(String, target: String)
        /// Makes a link into another file.
        case externalLink(String, file: String, object: String)
        /// Makes a link whose name is these bytes.
        case linkNamed([UInt8], target: String)
        /// Makes a dataset.
        case dataset(String, DatasetFault)
        /// Replaces an attribute by a number.
        case number(Double, String, of: String)
        /// Replaces an attribute by a text of fixed length, padded as C, Fortran and NumPy do.
        case fixedText([UInt8], String, of: String, padding: Padding)
        /// Removes an attribute.
        case removeAttribute(String, of: String)
    }

    /// How a text of fixed length ends.
    public enum Padding: Sendable, CaseIterable {
        /// By a NUL.
        case nullTerminated
        /// By NULs up to its length.
        case nullPadded
        /// By spaces up to its length.
        case spacePadded
    }

    /// Datasets that no recording has.
    public enum DatasetFault: Sendable {
        /// Zeros of a shape.
        case zeros(shape: [Int])
        /// No values, not even none.
        case nullSpace
        /// Records of two numbers.
        case compound
        /// A shape with nothing written, in chunks of some rows, or contiguous.
        case unwritten(shape: [Int], chunkRows: Int?)
        /// Zeros of a shape, of which only the first chunk is written.
        case firstChunkOnly(shape: [Int], chunkRows: Int)
        /// Zeros of whole numbers, packed by scale-offset.
        case packed(shape: [Int], chunkRows: Int)
        /// Zeros of a type that only libhdf5 decompresses, behind deflate.
        case foreignNumbers(count: Int)
        /// Zeros in the dataset's own header.
        case compact(shape: [Int])
        /// Zeros, compressed by deflate some times over.
        case deflated(shape: [Int], chunkRows: Int, times: Int)
        /// A dataset over another one in another file.
        case virtual(shape: [Int], file: String, object: String)
        /// A dataset whose values lie in another file.
        case external(shape: [Int], file: String)
        /// Zeros behind a filter that libhdf5 does not have; the filter is optional, so that they
        /// can be written.
        case foreignFilter(shape: [Int], number: Int32)
    }

    /// Applies operations to a file, making it when it is not there.
    public static func apply(_ operations: [Operation], to url: URL) {
        ForeignFile.withFile(at: url) { file in
            for operation in operations { apply(operation, to: file) }
        }
    }

    /// How many identifiers of libhdf5 are open while nobody uses it: always 0 unless one leaks.
    public static func openIdentifierCount() -> Int {
        Library.exclusively {
            Int(H5Fget_obj_count(hid_t(chdf5_all_objects()), chdf5_all_objects()))
        }
    }

    private static func apply(_ operation: Operation, to file: hid_t) {
        let standard = hid_t(H5P_DEFAULT)
        switch operation {
        case .remove(let name):
            precondition(unsafe H5Ldelete(file, name, standard) >= 0, "no \(name)")
        case .softLink(let name, let target):
            _ = unsafe H5Lcreate_soft(target, file, name, standard, standard)
        case .externalLink(let name, let other, let object):
            _ = unsafe H5Lcreate_external(other, object, file, name, standard, standard)
        case .linkNamed(let name, let target):
            let bytes = name.map(CChar.init(bitPattern:)) + [0]
            _ = unsafe H5Lcreate_soft(target, file, bytes, standard, standard)
        case .dataset(let name, let fault):
            create(fault, named: name, in: file)
        case .number(let number, let name, let object):
            replaceAttribute(name, of: object, in: file, type: chdf5_stored_double()) {
                unsafe H5Awrite($0, chdf5_native_double(), [number])
            }
        case .fixedText(let bytes, let name, let object, let padding):
            let type = H5Tcopy(chdf5_c_string())
            H5Tset_size(type, bytes.count)
            let paddings: [Padding: H5T_str_t] = [
                .nullTerminated: H5T_STR_NULLTERM, .nullPadded: H5T_STR_NULLPAD,
                .spacePadded: H5T_STR_SPACEPAD,
            ]
            H5Tset_strpad(type, paddings[padding] ?? H5T_STR_NULLTERM)
            replaceAttribute(name, of: object, in: file, type: type) {
                unsafe H5Awrite($0, type, bytes)
            }
            H5Tclose(type)
        case .removeAttribute(let name, let object):
            _ = unsafe H5Adelete_by_name(file, object, name, standard)
        }
    }

    private static func replaceAttribute(
        _ name: String, of object: String, in file: hid_t, type: hid_t,
        write: (hid_t) -> herr_t
    ) {
        let standard = hid_t(H5P_DEFAULT)
        let owner = unsafe H5Oopen(file, object, standard)
        _ = unsafe H5Adelete(owner, name)
        let space = H5Screate(H5S_SCALAR)
        let attribute = unsafe H5Acreate2(owner, name, type, space, standard, standard)
        precondition(write(attribute) >= 0, "cannot write \(name)")
        H5Aclose(attribute)
        H5Sclose(space)
        H5Oclose(owner)
    }

    private static func create(_ fault: DatasetFault, named name: String, in file: hid_t) {
        let properties = H5Pcreate(chdf5_dataset_creation())
        defer { H5Pclose(properties) }
        switch fault {
        case .zeros(let shape):
            create(name, shape, properties, in: file, writes: .all)
        case .nullSpace:
            create(name, H5Screate(H5S_NULL), chdf5_stored_float(), properties, in: file)
        case .compound:
            let type = H5Tcreate(H5T_COMPOUND, 12)
            _ = unsafe H5Tinsert(type, "time", 0, chdf5_stored_double())
            _ = unsafe H5Tinsert(type, "value", 8, chdf5_stored_float())
            // Room in the file is enough: what stands in it does not matter.
            H5Pset_alloc_time(properties, H5D_ALLOC_TIME_EARLY)
            create(name, space([100]), type, properties, in: file)
            H5Tclose(type)
        case .unwritten(let shape, let chunkRows):
            if let chunkRows { setChunk(chunkRows, shape, properties) }
            create(name, shape, properties, in: file, writes: .nothing)
        case .firstChunkOnly(let shape, let chunkRows):
            setChunk(chunkRows, shape, properties)
            create(name, shape, properties, in: file, writes: .rows(chunkRows))
        case .deflated(let shape, let chunkRows, let times):
            setChunk(chunkRows, shape, properties)
            for _ in 0..<times { H5Pset_deflate(properties, 9) }
            create(name, shape, properties, in: file, writes: .all)
        case .packed(let shape, let chunkRows):
            setChunk(chunkRows, shape, properties)
            H5Pset_scaleoffset(properties, H5Z_SO_INT, 0)
            create(
                name, shape, properties, in: file, writes: .all, type: chdf5_stored_int16())
        case .foreignNumbers(let count):
            setChunk(count, [count], properties)
            H5Pset_deflate(properties, 9)
            // Twelve bits of sixteen: no standard type.
            let type = H5Tcopy(chdf5_stored_int16())
            H5Tset_precision(type, 12)
            create(name, [count], properties, in: file, writes: .all, type: type)
            H5Tclose(type)
        case .compact(let shape):
            H5Pset_layout(properties, H5D_COMPACT)
            create(name, shape, properties, in: file, writes: .all)
        case .virtual(let shape, let other, let object):
            let source = space(shape)
            let target = space(shape)
            H5Pset_layout(properties, H5D_VIRTUAL)
            _ = unsafe H5Pset_virtual(properties, target, other, object, source)
            create(name, target, chdf5_stored_float(), properties, in: file)
            H5Sclose(source)
        case .external(let shape, let other):
            _ = unsafe H5Pset_external(
                properties, other, 0, hsize_t(shape.reduce(4, *)))
            create(name, shape, properties, in: file, writes: .nothing)
        case .foreignFilter(let shape, let number):
            setChunk(shape[0], shape, properties)
            _ = H5Pset_filter(
                properties, number, UInt32(H5Z_FLAG_OPTIONAL), 0, nil)
            create(name, shape, properties, in: file, writes: .all)
        }
    }

    private enum Writing {
        case nothing
        case all
        case rows(Int)
    }

    private static func space(_ shape: [Int]) -> hid_t {
        unsafe H5Screate_simple(Int32(shape.count), shape.map(hsize_t.init), nil)
    }

    private static func setChunk(_ rows: Int, _ shape: [Int], _ properties: hid_t) {
        let chunk = [rows] + shape.dropFirst()
        _ = unsafe H5Pset_chunk(properties, Int32(chunk.count), chunk.map(hsize_t.init))
    }

    private static func create(
        _ name: String, _ shape: [Int], _ properties: hid_t, in file: hid_t, writes: Writing,
        type: hid_t = chdf5_stored_float()
    ) {
        let standard = hid_t(H5P_DEFAULT)
        let everything = space(shape)
        let dataset = unsafe H5Dcreate2(
            file, name, type, everything, standard, properties, standard)
        precondition(dataset >= 0, "cannot create \(name)")
        var written = shape
        switch writes {
        case .nothing: written[0] = 0
        case .all: break
        case .rows(let rows): written[0] = rows
        }
        if written[0] > 0 {
            let zeros = [Float](repeating: 0, count: written.reduce(1, *))
            _ = unsafe H5Sselect_hyperslab(
                everything, H5S_SELECT_SET, [hsize_t](repeating: 0, count: shape.count), nil,
                written.map(hsize_t.init), nil)
            let memory = space(written)
            let status = unsafe H5Dwrite(
                dataset, chdf5_native_float(), memory, everything, standard, zeros)
            precondition(status >= 0, "cannot write \(name)")
            H5Sclose(memory)
        }
        H5Dclose(dataset)
        H5Sclose(everything)
    }

    private static func create(
        _ name: String, _ space: hid_t, _ type: hid_t, _ properties: hid_t, in file: hid_t
    ) {
        let standard = hid_t(H5P_DEFAULT)
        let dataset = unsafe H5Dcreate2(file, name, type, space, standard, properties, standard)
        precondition(dataset >= 0, "cannot create \(name)")
        H5Dclose(dataset)
        H5Sclose(space)
    }
}
