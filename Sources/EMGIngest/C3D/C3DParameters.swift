internal import PrintableText

/// The parameter section: a chain of groups and of parameters in them.
struct C3DParameters: Sendable, Hashable {
    /// Files of laboratories have some tens of kilobytes.
    static let mostBytes = 8 << 20
    /// What the format allows.
    private static let mostDimensions = 7

    /// Where the section begins.
    let start: Int
    /// Parameters by `GROUP:NAME` in capitals.
    private let values: [String: C3DParameter]

    /// A parameter by its group and name; `nil` when there is none.
    subscript(_ name: String) -> C3DParameter? { values[name] }

    /// Texts of a parameter and of those that continue it (`LABELS`, `LABELS2`, …).
    func texts(_ name: String) -> [String] { continued(name).flatMap(\.texts) }

    /// Numbers of a parameter and of those that continue it.
    func numbers(_ name: String) -> [Double] { continued(name).flatMap(\.numbers) }

    /// The first number of a parameter.
    func number(_ name: String) -> Double? { values[name]?.numbers.first }

    /// A parameter and those that continue it, as a dimension is at most 255.
    func continued(_ name: String) -> [C3DParameter] {
        guard let first = values[name] else { return [] }
        var parts = [first]
        while let next = values["\(name)\(parts.count + 1)"] { parts.append(next) }
        return parts
    }

    /// Reads the section.
    ///
    /// - Parameters:
    ///   - section: Its bytes.
    ///   - processor: How numbers are stored.
    /// - Throws: ``IngestError`` with the byte at which the chain breaks.
    init(_ section: BinaryHeader, processor: C3DProcessor) throws(IngestError) {
        start = section.start
        var groups: [Int: String] = [:]
        var found: [(group: Int, name: String, value: C3DParameter)] = []
        var position = 4
        while position + 2 <= section.bytes.count {
            // A locked one has a negative length.
            let length = abs(try section.integer(position, 1, "length of a name"))
            let group = try section.integer(position + 1, 1, "number of a group")
            guard length > 0, group != 0 else { break }
            let name = try section.text(position + 2, length, "name of a parameter").uppercased()
            let body = position + 2 + length
            let step = try section.natural(body, 2, "way to the next parameter")
            if group < 0 {
                if groups[-group] == nil { groups[-group] = name }
            } else {
                let value = try Self.value(section, at: body + 2, name: name, processor)
                found.append((group, name, value))
            }
            // The last one may point nowhere.
            guard step > 0 else { break }
            guard step >= 2, body + step <= section.bytes.count else {
                throw IngestError(
                    .malformed(
                        expected: "the next parameter within the section",
                        found: "one \(step) bytes on, the section ends "
                            + "\(section.bytes.count - body) bytes on"),
                    at: section.place(body, name), hint: Self.hint)
            }
            position = body + step
        }
        var values: [String: C3DParameter] = [:]
        for (group, name, value) in found {
            let full = "\(groups[group] ?? "\(group)"):\(name)"
            if values[full] == nil { values[full] = value }
        }
        self.values = values
    }

    private static let hint =
        "the parameters are damaged; export the file anew, or save it again with the program that "
        + "reads it"

    private static func value(
        _ section: BinaryHeader, at offset: Int, name: String, _ processor: C3DProcessor
    ) throws(IngestError) -> C3DParameter {
        let code = try section.integer(offset, 1, name)
        guard let kind = C3DParameter.Kind(rawValue: code) else {
            throw IngestError(
                .malformed(expected: "a parameter of type −1, 1, 2 or 4", found: "\(code)"),
                at: section.place(offset, name), hint: hint)
        }
        let rank = try section.natural(offset + 1, 1, name)
        guard rank <= mostDimensions else {
            throw IngestError(
                .malformed(
                    expected: "at most \(mostDimensions, of: "dimension")", found: "\(rank)"),
                at: section.place(offset + 1, name), hint: hint)
        }
        var dimensions: [Int] = []
        var byteCount = kind.byteCount
        for index in 0..<rank {
            let size = try section.natural(offset + 2 + index, 1, name)
            dimensions.append(size)
            // Seven sizes below 256 do not overflow.
            byteCount *= size
        }
        let first = offset + 2 + rank
        try section.check(first, byteCount, name)
        return C3DParameter(
            kind: kind, dimensions: dimensions,
            bytes: Array(section.bytes[first..<first + byteCount]), processor: processor)
    }
}
