internal import Documents

extension SplitRule {
    /// Reads a rule from the member `split` of a configuration: `rule` names it, and members of
    /// other rules are refused.
    ///
    /// - Parameters:
    ///   - object: The member.
    ///   - classes: What classes become: the standard cues go with it.
    /// - Throws: `DocumentError` with the place of the fault.
    init(
        _ object: DocumentObject, classes: ClassMap = ClassMap()
    ) throws(DocumentError) {
        enum Kind: String, CaseIterable {
            case cycles = "first_cycle"
            case seconds, fraction, repetitions, shots, blocks
        }
        let members: [(kind: Kind, names: [String])] = [
            (.cycles, ["cues", "cycles"]), (.seconds, ["seconds"]), (.fraction, ["fraction"]),
            (.repetitions, ["repetitions"]), (.shots, ["shots"]),
            (.blocks, ["blocks", "support_blocks"]),
        ]
        let rule = object.optional("rule")
        let kind =
            try rule?.choice(of: Kind.self) ?? .cycles
        for (owner, names) in members where owner != kind {
            for name in names {
                guard let cursor = object.optional(name) else { continue }
                throw cursor.error(
                    expected: "members of the chosen rule only", found: "\"\(name)\"",
                    hint: "say which rule is meant with \"rule\"")
            }
        }
        switch kind {
        case .cycles:
            let count = try object.optional("cycles")?.integer(in: 1...10_000) ?? 1
            self =
                try object.optional("cues").map { (list) throws(DocumentError) in
                    .firstCycles(cues: try Self.cues(list), count: count)
                } ?? .standard(of: classes, count: count)
        case .seconds: self = .seconds(try object.required("seconds").number(in: 1e-3...1e7))
        case .fraction: self = .fraction(try object.required("fraction").number(in: 1e-4...0.9999))
        case .repetitions:
            self = .repetitions(try object.required("repetitions").integer(in: 1...100_000))
        case .shots: self = .shots(try object.required("shots").integer(in: 1...1_000_000))
        case .blocks:
            let count = try object.required("blocks").integer(in: 2...100_000)
            let list = try object.required("support_blocks")
            var support: [Int] = []
            for block in try list.array() {
                support.append(try block.integer(in: 0...(count - 1)))
            }
            guard !support.isEmpty, Set(support).count < count else {
                throw list.error(expected: "at least one block, and not all of them")
            }
            self = .blocks(count: count, support: support)
        }
    }

    private static func cues(_ list: DocumentCursor) throws(DocumentError) -> [String] {
        var cues: [String] = []
        for cue in try list.array() { cues.append(try cue.name()) }
        guard cues.count >= 2 else { throw list.error(expected: "at least two class names") }
        for (index, pair) in zip(cues, cues.dropFirst()).enumerated() where pair.0 == pair.1 {
            throw try list.array()[index + 1].error(
                expected: "a cue other than the one before it")
        }
        return cues
    }
}
