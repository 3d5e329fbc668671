package import Documents
package import EMGSignal

/// The recording is cut into blocks of equal length; those with the given numbers are support, the
/// others query, with the guard on both sides of each border.
package struct SupportBlocks: SplitRule {
    /// How many blocks, at least 2.
    package var count: Int
    /// The numbers of the blocks that are support, from 0: at least one, and not all of them.
    package var support: Set<Int>

    /// Creates a rule.
    ///
    /// - Parameters:
    ///   - count: How many blocks, at least 2.
    ///   - support: The numbers of the blocks that are support, from 0.
    package init(count: Int, support: some Sequence<Int>) {
        self.count = count
        self.support = Set(support)
    }

    /// Two blocks, of which the first is support.
    package init() {
        self.init(count: 2, support: [0])
    }

    /// The name in documents.
    package static let key = "blocks"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "Support is some of equal blocks of the recording."
    /// The members.
    package static let fields: Fields<Self> = [
        Field(
            "blocks", \.count, .integer(in: 2...100_000),
            "How many blocks a recording is cut into.", isRequired: true),
        Field(
            "support_blocks",
            schema: { _ in
                .list(
                    of: .integer(minimum: 0, maximum: nil), count: 1 ... .max, isUnique: false)
            }, "The numbers of the blocks that are support, from 0.", isRequired: true,
            read: { list, rule throws(DocumentError) in
                var support: Set<Int> = []
                for block in try list.array() {
                    support.insert(try block.integer(in: 0...(rule.count - 1)))
                }
                guard !support.isEmpty, support.count < rule.count else {
                    throw list.error(expected: "at least one block, and not all of them")
                }
                rule.support = support
            },
            write: { rule in
                DocumentValue(.array(rule.support.sorted().map { DocumentValue(.integer($0)) }))
            }),
    ]

    /// It divides by time alone.
    package var needsLabels: Bool { false }

    /// The blocks, neighbors as one.
    package func support(of recording: SplitInput) throws(TaskError) -> [SampleRange] {
        let total = recording.sampleCount
        guard total >= count else {
            throw TaskError(
                .tooFew(what: "samples for the blocks", expected: count, found: total),
                subject: recording.subject, hint: "ask for fewer blocks")
        }
        return support.sorted().map { block in
            SampleRange(start: total * block / count, end: total * (block + 1) / count)
        }.joined()
    }
}

extension SplitRule where Self == SupportBlocks {
    /// Some of equal blocks, by their numbers from 0, are support.
    package static func blocks(count: Int, support: [Int]) -> SupportBlocks {
        SupportBlocks(count: count, support: support)
    }
}
