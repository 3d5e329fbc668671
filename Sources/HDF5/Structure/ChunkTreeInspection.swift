/// Goes through the index of a chunked dataset as HDF5 before 1.10 stores it (HDF5 file format
/// specification III.A.1), for what libhdf5 does not say: how many bytes each chunk takes when
/// there is no filter. It answers with the bytes that the chunk should have, reads as many as are
/// there, and takes the rest from whatever memory lies behind them.
struct ChunkTreeInspection {
    private static let deepest = 16

    private let file: AddressedBytes
    /// The bytes of a key: size, mask, and an offset along each dimension and within a value.
    private let keyBytes: Int
    /// The bytes that each chunk must take; `nil` behind filters.
    private let chunkBytes: Int?
    private let place: Place
    private var nodes = 0

    private init(_ file: AddressedBytes, rank: Int, chunkBytes: Int?, at place: Place) {
        self.file = file
        keyBytes = 8 + 8 * (rank + 1)
        self.chunkBytes = chunkBytes
        self.place = place
    }

    /// Makes sure of an index.
    ///
    /// - Parameters:
    ///   - address: Its root; nothing is there when it lies outside the file.
    ///   - file: The file's bytes.
    ///   - rank: The dimensions of the dataset.
    ///   - chunkBytes: The bytes that each chunk must take; `nil` behind filters.
    ///   - place: The dataset.
    /// - Throws: ``HDF5Error`` when a chunk takes another number of bytes, or the index does not
    ///   hold together.
    static func check(
        _ address: Int, in file: AddressedBytes, rank: Int, chunkBytes: Int?, at place: Place
    ) throws(HDF5Error) {
        // Where no chunk was ever written, there is no index.
        guard address != .max else { return }
        var inspection = ChunkTreeInspection(
            file, rank: rank, chunkBytes: chunkBytes, at: place)
        do {
            try inspection.checkNode(address, level: nil)
        } catch let error as HDF5Error {
            throw error
        } catch {
            throw inspection.damaged
        }
    }

    private mutating func checkNode(_ address: Int, level: Int?) throws {
        nodes += 1
        // A node has bytes of its own: there are no more nodes than fit into the file.
        guard nodes <= file.byteCount / 24 else { throw damaged }
        let head = try file.read(address, count: 8 + 2 * file.addressBytes)
        guard head.starts(with: Array("TREE".utf8)), head[4] == 1 else { throw damaged }
        let ownLevel = Int(head[5])
        guard ownLevel <= Self.deepest, ownLevel == level ?? ownLevel else { throw damaged }
        let count = Int(head[6]) | Int(head[7]) << 8
        var entries = ByteCursor(
            try file.read(
                address + head.count, count: count * (keyBytes + file.addressBytes) + keyBytes))
        for _ in 0..<count {
            let bytes = try entries.number(4)
            try entries.skip(keyBytes - 4)
            let child = try entries.number(file.addressBytes)
            guard file.holds(child) else { throw damaged }
            if ownLevel > 0 {
                try checkNode(child, level: ownLevel - 1)
            } else if let chunkBytes, bytes != chunkBytes {
                throw HDF5Error(
                    .storage(
                        .implausibleSize(declared: "a chunk of \(chunkBytes) bytes", stored: bytes)),
                    at: place)
            }
        }
    }

    private var damaged: HDF5Error {
        HDF5Error(.damaged(reason: "the index of its chunks does not hold together"), at: place)
    }
}
