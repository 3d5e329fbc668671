/// Goes through the names of a group as HDF5 before 1.8 stores them, a tree of nodes over a heap
/// of names (HDF5 file format specification III.A, B and D), before libhdf5 does: version 1.10 of
/// it trusts the addresses and counts in them.
struct GroupInspection {
    private static let deepest = 16
    /// How many nodes the names of one group may take.
    private static let mostNodes = 1 << 20

    private let file: AddressedBytes
    private var names: [UInt8] = []
    private var nodes = 0

    /// - Parameter file: The file's bytes.
    private init(_ file: AddressedBytes) {
        self.file = file
    }

    /// Whether the names of a group hold together.
    ///
    /// - Parameters:
    ///   - message: The symbol table message of its header.
    ///   - file: The file's bytes.
    /// - Returns: Whether libhdf5 may go through them.
    static func isWhole(_ message: [UInt8], in file: AddressedBytes) -> Bool {
        var inspection = GroupInspection(file)
        do {
            var cursor = ByteCursor(message)
            let tree = try cursor.number(file.addressBytes)
            let heap = try cursor.number(file.addressBytes)
            guard try inspection.readNames(heap) else { return false }
            return try inspection.isTree(tree, level: nil, depth: 0)
        } catch {
            return false
        }
    }

    /// Reads the heap of names.
    private mutating func readNames(_ address: Int) throws -> Bool {
        let header = try file.read(address, count: 8 + 2 * file.lengthBytes + file.addressBytes)
        var cursor = ByteCursor(header)
        guard header.starts(with: Array("HEAP".utf8)) else { return false }
        try cursor.skip(8)
        let size = try cursor.number(file.lengthBytes)
        let free = try cursor.number(file.lengthBytes)
        let start = try cursor.number(file.addressBytes)
        // The list of free blocks ends with 1; nothing free is the highest number or 1.
        guard free == 1 || free == .max || free < size else { return false }
        names = try file.read(start, count: size)
        return try freeBlocksHold(from: free)
    }

    /// Whether the blocks between names lead to each other and to an end.
    private func freeBlocksHold(from first: Int) throws -> Bool {
        var next = first
        var steps = 0
        while next != 1, next != .max {
            steps += 1
            guard next < names.count, steps <= names.count / (2 * file.lengthBytes) + 1 else {
                return false
            }
            var cursor = ByteCursor(Array(names[next...].prefix(2 * file.lengthBytes)))
            let following = try cursor.number(file.lengthBytes)
            let size = try cursor.number(file.lengthBytes)
            guard size <= names.count - next else { return false }
            next = following
        }
        return true
    }

    private mutating func isTree(_ address: Int, level: Int?, depth: Int) throws -> Bool {
        nodes += 1
        guard nodes <= Self.mostNodes, depth <= Self.deepest else { return false }
        let head = try file.read(address, count: 8 + 2 * file.addressBytes)
        guard head.starts(with: Array("TREE".utf8)), head[4] == 0 else { return false }
        var cursor = ByteCursor(head)
        try cursor.skip(5)
        let ownLevel = Int(try cursor.byte())
        let count = try cursor.number(2)
        // A node knows no greater level than its parent's less one, and the root is no leaf's child.
        guard ownLevel == level ?? ownLevel, ownLevel <= Self.deepest else { return false }
        let entryBytes = file.lengthBytes + file.addressBytes
        var entries = ByteCursor(
            try file.read(address + head.count, count: count * entryBytes + file.lengthBytes))
        for _ in 0..<count {
            guard try entries.number(file.lengthBytes) <= names.count else { return false }
            let child = try entries.number(file.addressBytes)
            let isChild =
                ownLevel > 0
                ? try isTree(child, level: ownLevel - 1, depth: depth + 1) : try isNode(child)
            guard isChild else { return false }
        }
        return try entries.number(file.lengthBytes) <= names.count
    }

    /// Whether a node of names holds together: each name lies in the heap and ends there.
    private mutating func isNode(_ address: Int) throws -> Bool {
        nodes += 1
        guard nodes <= Self.mostNodes else { return false }
        let head = try file.read(address, count: 8)
        guard head.starts(with: Array("SNOD".utf8)), head[4] == 1 else { return false }
        var cursor = ByteCursor(head)
        try cursor.skip(6)
        let count = try cursor.number(2)
        let entryBytes = file.lengthBytes + file.addressBytes + 24
        var entries = ByteCursor(try file.read(address + 8, count: count * entryBytes))
        for _ in 0..<count {
            let name = try entries.number(file.lengthBytes)
            let object = try entries.number(file.addressBytes)
            let cached = try entries.number(4)
            try entries.skip(4)
            let scratch = try entries.number(4)
            try entries.skip(12)
            guard name < names.count, names[name...].contains(0), cached <= 2 else {
                return false
            }
            // A soft link has its target in the heap, any other an object in the file.
            let isPlaced =
                cached == 2
                ? scratch < names.count && names[scratch...].contains(0)
                : file.holds(object)
            guard isPlaced else { return false }
        }
        return true
    }
}
