private import CHDF5
public import Foundation
private import HDF5

/// Objects of HDF5 files that this package never writes and other programs do: records, texts of
/// any length, enumerations, references.
public enum ForeignObject: Sendable {
    /// A member of records: its values are 4- or 8-byte floats or 2-byte integers.
    public struct Member: Sendable {
        /// How values are stored.
        public enum Kind: Sendable { case float32, float64, int16, bigFloat32 }

        /// Its name.
        public var name: String
        /// How its values are stored.
        public var kind: Kind
        /// How many values of it a record has; `nil` for a single one.
        public var count: Int?

        /// Describes a member.
        public init(_ name: String, _ kind: Kind, count: Int? = nil) {
            self.name = name
            self.kind = kind
            self.count = count
        }
    }

    /// Records, each the values of its members one after another; in chunks that are shuffled and
    /// compressed, or in one piece.
    case records(String, [Member], rows: [[Double]], chunk: Int?)
    /// Texts of any length.
    case texts(String, [String], chunk: Int?)
    /// Texts of fixed length.
    case fixedTexts(String, [String], length: Int)
    /// Members of an enumeration, by their numbers.
    case enumeration(String, [String: Int8], values: [Int8])
    /// A text of any length as attribute.
    case textAttribute(String, of: String, [UInt8])
    /// A list of texts of any length as attribute.
    case textsAttribute(String, of: String, [String])
    /// A reference to an object as attribute.
    case reference(String, of: String, to: String)
    /// A group.
    case group(String)

    /// Adds objects to a file, making it when it is not there.
    ///
    /// - Parameters:
    ///   - objects: The objects, in order.
    ///   - url: The file.
    ///   - isOld: Whether a new file has the structures of the oldest version.
    ///   - userBlock: The bytes before the first of a new file, 0 or 512 times a power of 2.
    public static func add(
        _ objects: [ForeignObject], to url: URL, isOld: Bool = true, userBlock: Int = 0
    ) {
        ForeignFile.withFile(at: url, isOld: isOld, userBlock: userBlock) { file in
            for object in objects { object.write(to: file) }
        }
    }

    private func write(to file: hid_t) {
        let standard = hid_t(H5P_DEFAULT)
        switch self {
        case .records(let name, let members, let rows, let chunk):
            Self.writeRecords(name, members, rows, chunk: chunk, to: file)
        case .texts(let name, let texts, let chunk):
            let type = Self.variableText()
            let dataset = Self.dataset(name, type, count: texts.count, chunk: chunk, in: file)
            unsafe Self.withPointers(texts.map { Array($0.utf8) }) {
                _ = unsafe H5Dwrite(
                    dataset, type, hid_t(H5S_ALL), hid_t(H5S_ALL), standard, $0)
            }
            H5Tclose(type)
            H5Dclose(dataset)
        case .fixedTexts(let name, let texts, let length):
            let type = H5Tcopy(chdf5_c_string())
            H5Tset_size(type, length)
            H5Tset_strpad(type, H5T_STR_NULLPAD)
            let dataset = Self.dataset(name, type, count: texts.count, chunk: nil, in: file)
            let bytes = texts.flatMap { text in
                Array(text.utf8) + [UInt8](repeating: 0, count: length - text.utf8.count)
            }
            _ = unsafe H5Dwrite(dataset, type, hid_t(H5S_ALL), hid_t(H5S_ALL), standard, bytes)
            H5Tclose(type)
            H5Dclose(dataset)
        case .enumeration(let name, let names, let values):
            let type = H5Tenum_create(chdf5_stored_int8())
            for (name, value) in names.sorted(by: { $0.value < $1.value }) {
                var value = value
                _ = unsafe H5Tenum_insert(type, name, &value)
            }
            let dataset = Self.dataset(name, type, count: values.count, chunk: nil, in: file)
            _ = unsafe H5Dwrite(dataset, type, hid_t(H5S_ALL), hid_t(H5S_ALL), standard, values)
            H5Tclose(type)
            H5Dclose(dataset)
        case .textAttribute(let name, let object, let bytes):
            let type = Self.variableText()
            Self.attribute(name, of: object, type, count: nil, in: file) { attribute in
                unsafe Self.withPointers([bytes]) { _ = unsafe H5Awrite(attribute, type, $0) }
            }
            H5Tclose(type)
        case .textsAttribute(let name, let object, let texts):
            let type = Self.variableText()
            Self.attribute(name, of: object, type, count: texts.count, in: file) { attribute in
                unsafe Self.withPointers(texts.map { Array($0.utf8) }) {
                    _ = unsafe H5Awrite(attribute, type, $0)
                }
            }
            H5Tclose(type)
        case .reference(let name, let object, let target):
            var reference: hobj_ref_t = 0
            _ = unsafe H5Rcreate(&reference, file, target, H5R_OBJECT, -1)
            let type = H5Tcopy(chdf5_object_reference())
            Self.attribute(name, of: object, type, count: nil, in: file) {
                _ = unsafe H5Awrite($0, type, &reference)
            }
            H5Tclose(type)
        case .group(let name):
            H5Gclose(unsafe H5Gcreate2(file, name, standard, standard, standard))
        }
    }

    private static func variableText() -> hid_t {
        let type = H5Tcopy(chdf5_c_string())
        H5Tset_size(type, chdf5_variable_length())
        H5Tset_cset(type, H5T_CSET_UTF8)
        return type
    }

    private static func withPointers(
        _ texts: [[UInt8]], _ body: ([UnsafePointer<CChar>?]) -> Void
    ) {
        var bytes: [CChar] = []
        var starts: [Int] = []
        for text in texts {
            starts.append(bytes.count)
            bytes += text.map { CChar(bitPattern: $0) } + [0]
        }
        unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe body(
                starts.map { start in unsafe buffer.baseAddress.map { unsafe $0 + start } })
        }
    }

    private static func dataset(
        _ name: String, _ type: hid_t, count: Int, chunk: Int?, in file: hid_t
    ) -> hid_t {
        let standard = hid_t(H5P_DEFAULT)
        let properties = H5Pcreate(chdf5_dataset_creation())
        if let chunk {
            _ = unsafe H5Pset_chunk(properties, 1, [hsize_t(chunk)])
            H5Pset_shuffle(properties)
            H5Pset_deflate(properties, 4)
        }
        let space = unsafe H5Screate_simple(1, [hsize_t(count)], nil)
        let dataset = unsafe H5Dcreate2(file, name, type, space, standard, properties, standard)
        precondition(dataset >= 0, "cannot create \(name)")
        H5Sclose(space)
        H5Pclose(properties)
        return dataset
    }

    private static func attribute(
        _ name: String, of object: String, _ type: hid_t, count: Int?, in file: hid_t,
        write: (hid_t) -> Void
    ) {
        let standard = hid_t(H5P_DEFAULT)
        let owner = unsafe H5Oopen(file, object, standard)
        let space =
            count.map { unsafe H5Screate_simple(1, [hsize_t($0)], nil) } ?? H5Screate(H5S_SCALAR)
        let attribute = unsafe H5Acreate2(owner, name, type, space, standard, standard)
        precondition(attribute >= 0, "cannot create \(name)")
        write(attribute)
        H5Aclose(attribute)
        H5Sclose(space)
        H5Oclose(owner)
    }

    private static func writeRecords(
        _ name: String, _ members: [Member], _ rows: [[Double]], chunk: Int?, to file: hid_t
    ) {
        // Written from records of 8-byte floats: libhdf5 converts.
        var types: [(stored: hid_t, memory: hid_t, bytes: Int)] = []
        for member in members {
            let base: hid_t
            switch member.kind {
            case .float32: base = H5Tcopy(chdf5_stored_float())
            case .float64: base = H5Tcopy(chdf5_stored_double())
            case .int16: base = H5Tcopy(chdf5_stored_int16())
            case .bigFloat32:
                base = H5Tcopy(chdf5_stored_float())
                H5Tset_order(base, H5T_ORDER_BE)
            }
            let native = H5Tcopy(chdf5_native_double())
            if let count = member.count {
                types.append(
                    (
                        unsafe H5Tarray_create2(base, 1, [hsize_t(count)]),
                        unsafe H5Tarray_create2(native, 1, [hsize_t(count)]), 8 * count
                    ))
                H5Tclose(base)
                H5Tclose(native)
            } else {
                types.append((base, native, 8))
            }
        }
        let stored = H5Tcreate(
            H5T_COMPOUND, types.reduce(0) { $0 + H5Tget_size($1.stored) })
        let memory = H5Tcreate(H5T_COMPOUND, types.reduce(0) { $0 + $1.bytes })
        var (storedOffset, memoryOffset) = (0, 0)
        for (member, type) in zip(members, types) {
            _ = unsafe H5Tinsert(stored, member.name, storedOffset, type.stored)
            _ = unsafe H5Tinsert(memory, member.name, memoryOffset, type.memory)
            storedOffset += H5Tget_size(type.stored)
            memoryOffset += type.bytes
            H5Tclose(type.stored)
            H5Tclose(type.memory)
        }
        let dataset = dataset(name, stored, count: rows.count, chunk: chunk, in: file)
        let values = rows.flatMap { $0 }
        let status = unsafe H5Dwrite(
            dataset, memory, hid_t(H5S_ALL), hid_t(H5S_ALL), hid_t(H5P_DEFAULT), values)
        precondition(status >= 0, "cannot write \(name)")
        H5Dclose(dataset)
        H5Tclose(stored)
        H5Tclose(memory)
    }
}
