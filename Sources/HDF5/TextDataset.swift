import CHDF5
private import PrintableText

/// An open dataset of words, under the lock.
struct TextDataset: ~Copyable {
    let count: Int
    let place: Place
    private let handle: Handle
    private let type: Handle
    private let kind: Kind

    private enum Kind {
        case fixed(length: Int, isSpacePadded: Bool)
        /// Names by number.
        case enumeration([Int64: String])
        case references(Storage)
    }

    /// Where the references to texts of any length lie.
    private enum Storage {
        case chunks(ForeignChunks)
        /// From this byte of the file on.
        case contiguous(Int)
        /// In the dataset's own header.
        case compact
        /// Nowhere: nothing was written.
        case nothing
    }

    /// A chunk of references; they are small.
    private static let chunkLimit = 4 << 20
    private static let enumerationLimit: Int32 = 10_000

    init(_ file: borrowing File, _ name: String) throws(HDF5Error) {
        let place = file.place(name)
        let handle = try file.openObject(
            resolved: try file.resolve(name, kind: "dataset"), at: place)
        guard H5Iget_type(handle.id) == H5I_DATASET else {
            throw HDF5Error(
                .unexpectedType(expected: "a dataset", found: "a group or named type"), at: place)
        }
        let type = try Handle(
            H5Dget_type(handle.id), releasedBy: H5Tclose, "H5Dget_type", at: place)
        let space = try Handle(
            H5Dget_space(handle.id), releasedBy: H5Sclose, "H5Dget_space", at: place)
        let shape = try Dataspace.shape(of: space, at: place)
        guard shape.count <= 1 else {
            throw HDF5Error(
                .unexpectedShape(
                    expected: "texts in one dimension", found: "\(shape.count, of: "dimension")"),
                at: place)
        }
        let count = shape.first ?? 1
        let kind: Kind
        switch H5Tget_class(type.id) {
        case H5T_ENUM:
            _ = try file.openDataset(name, unwritten: .refused)
            kind = .enumeration(try Self.names(of: type, at: place))
        case H5T_STRING:
            let isVariable = try Library.check(
                H5Tis_variable_str(type.id), "H5Tis_variable_str", at: place)
            if isVariable > 0 {
                kind = .references(
                    try Self.storage(of: handle, count: count, in: file, at: place))
            } else {
                _ = try file.openDataset(name, unwritten: .refused)
                kind = .fixed(
                    length: Int(H5Tget_size(type.id)),
                    isSpacePadded: H5Tget_strpad(type.id) == H5T_STR_SPACEPAD)
            }
        default:
            throw HDF5Error(
                .unexpectedType(expected: "texts", found: "\(try StoredType(type, at: place))"),
                at: place)
        }
        self.count = count
        self.kind = kind
        self.place = place
        self.handle = handle
        self.type = type
    }

    /// Reads values; the rows lie within ``count``.
    func read(_ rows: Range<Int>, in file: borrowing File) throws(HDF5Error) -> [String] {
        switch kind {
        case .fixed(let length, let isSpacePadded):
            let (size, overflows) = length.multipliedReportingOverflow(by: rows.count)
            guard !overflows, size <= file.limits.bytes else {
                throw HDF5Error(
                    .storage(.tooLarge(bytes: size, limit: file.limits.bytes)), at: place)
            }
            var bytes = [UInt8](repeating: 0, count: size)
            try readBlock(rows, into: &bytes, as: type.id)
            return (0..<rows.count).map { index in
                ForeignText.decode(
                    bytes[index * length..<(index + 1) * length], isSpacePadded: isSpacePadded)
            }
        case .enumeration(let names):
            var numbers = [Int64](repeating: 0, count: rows.count)
            try readBlock(rows, into: &numbers, as: Int64.numberType.native)
            return numbers.map { names[$0] ?? String($0) }
        case .references(let storage):
            var heap = try TextHeap(file, at: place)
            return try references(rows, storage, heap: &heap)
        }
    }

    private func readBlock<Value: BitwiseCopyable>(
        _ rows: Range<Int>, into values: inout [Value], as memoryType: hid_t
    ) throws(HDF5Error) {
        let fileSpace = try Handle(
            H5Dget_space(handle.id), releasedBy: H5Sclose, "H5Dget_space", at: place)
        let isScalar = H5Sget_simple_extent_ndims(fileSpace.id) == 0
        if !isScalar {
            try Library.check(
                unsafe H5Sselect_hyperslab(
                    fileSpace.id, H5S_SELECT_SET, [hsize_t(rows.lowerBound)], nil,
                    [hsize_t(rows.count)], nil), "H5Sselect_hyperslab", at: place)
        }
        let memorySpace = try Dataspace.make(isScalar ? nil : [rows.count], at: place)
        try Library.check(
            unsafe H5Dread(
                handle.id, memoryType, memorySpace.id, fileSpace.id, hid_t(H5P_DEFAULT), &values),
            "H5Dread", at: place)
    }

    // MARK: Enumerations

    private static func names(
        of type: borrowing Handle, at place: Place
    ) throws(HDF5Error) -> [Int64: String] {
        let count = try Library.check(H5Tget_nmembers(type.id), "H5Tget_nmembers", at: place)
        guard count <= enumerationLimit else {
            throw HDF5Error(
                .unexpectedType(
                    expected: "an enumeration of at most \(enumerationLimit) names",
                    found: "one of \(count)"), at: place)
        }
        let base = try Handle(
            H5Tget_super(type.id), releasedBy: H5Tclose, "H5Tget_super", at: place)
        var names: [Int64: String] = [:]
        for index in 0..<UInt32(count) {
            guard let text = unsafe H5Tget_member_name(type.id, index) else {
                throw ErrorStack.drain().error(call: "H5Tget_member_name", at: place)
            }
            let name = unsafe ForeignText.decode(cString: text)
            _ = unsafe H5free_memory(text)
            // Room for the widest number there and back.
            var value = [UInt8](repeating: 0, count: max(8, Int(H5Tget_size(base.id))))
            try Library.check(
                unsafe H5Tget_member_value(type.id, index, &value), "H5Tget_member_value",
                at: place)
            try Library.check(
                unsafe H5Tconvert(
                    base.id, Int64.numberType.native, 1, &value, nil, hid_t(H5P_DEFAULT)),
                "H5Tconvert", at: place)
            let number = unsafe value.withUnsafeBytes { unsafe $0.loadUnaligned(as: Int64.self) }
            if names[number] == nil { names[number] = name }
        }
        return names
    }

    // MARK: Texts of any length

    private static func storage(
        of handle: borrowing Handle, count: Int, in file: borrowing File, at place: Place
    ) throws(HDF5Error) -> Storage {
        let properties = try Handle(
            H5Dget_create_plist(handle.id), releasedBy: H5Pclose, "H5Dget_create_plist",
            at: place)
        let (bytes, overflows) = count.multipliedReportingOverflow(by: TextHeap.referenceBytes)
        guard H5Pget_external_count(properties.id) <= 0 else {
            throw HDF5Error(.storage(.external), at: place)
        }
        switch H5Pget_layout(properties.id) {
        case H5D_COMPACT: return .compact
        case H5D_CONTIGUOUS:
            let offset = H5Dget_offset(handle.id)
            guard offset != haddr_t.max else { return .nothing }
            guard !overflows, bytes <= file.byteCount else {
                throw HDF5Error(
                    .storage(
                        .implausibleSize(declared: "\(count, of: "text")", stored: file.byteCount)),
                    at: place)
            }
            return .contiguous(Int(clamping: offset))
        case H5D_CHUNKED:
            let chunks = try ForeignChunks(
                handle, count: count, valueBytes: TextHeap.referenceBytes, limit: chunkLimit,
                at: place)
            guard let chunks else { return .nothing }
            try file.structure?.checkChunks(
                of: handle.id, rank: 1, chunkBytes: chunks.isFiltered ? nil : chunks.chunkBytes,
                at: place)
            // Texts that were never written are empty, but not by the billion.
            guard chunks.grid.counts[0] <= file.byteCount else {
                throw HDF5Error(
                    .storage(
                        .implausibleSize(declared: "\(count, of: "text")", stored: file.byteCount)),
                    at: place)
            }
            return .chunks(chunks)
        default:
            throw HDF5Error(.storage(.virtual), at: place)
        }
    }

    private func references(
        _ rows: Range<Int>, _ storage: Storage, heap: inout TextHeap
    ) throws(HDF5Error) -> [String] {
        let size = TextHeap.referenceBytes
        switch storage {
        case .nothing:
            return [String](repeating: "", count: rows.count)
        case .compact:
            let bytes = try ObjectHeader(of: handle, in: heap.file, at: place).compactBytes
            guard let bytes, bytes.count >= rows.upperBound * size else {
                throw HDF5Error(.damaged(reason: "it is shorter than it says"), at: place)
            }
            return try heap.texts(bytes[rows.lowerBound * size..<rows.upperBound * size])
        case .contiguous(let start):
            // `H5Dget_offset` counts from the start of the file.
            let bytes = try heap.file.read(
                start - heap.file.base + rows.lowerBound * size, count: rows.count * size)
            return try heap.texts(bytes[...])
        case .chunks(let chunks):
            let chunkRows = chunks.grid.chunk[0]
            var texts: [String] = []
            var row = rows.lowerBound
            while row < rows.upperBound {
                let first = row % chunkRows
                let end = min(chunkRows, first + rows.upperBound - row)
                if let bytes = try chunks.read(row / chunkRows, of: handle, at: place) {
                    texts += try heap.texts(bytes[first * size..<end * size])
                } else {
                    texts += repeatElement("", count: end - first)
                }
                row += end - first
            }
            return texts
        }
    }
}
