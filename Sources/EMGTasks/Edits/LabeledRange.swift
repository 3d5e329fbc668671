internal import Documents
package import EMGSignal

/// A range of samples and their class.
package struct LabeledRange: Sendable, Hashable {
    /// The samples, at least one.
    package let range: SampleRange
    /// Their class; `LabelTrack.unlabeledName` for none.
    package let className: String

    /// Creates a labeled range.
    package init(_ range: SampleRange, className: String) {
        self.range = range
        self.className = className
    }

    /// How many a decision may have.
    package static let countLimit = 100_000
    private static let sampleLimit = 1_000_000_000_000

    /// The members `start` and `end` of whatever has them.
    static func bounds<Root: Sendable>(
        _ start: any WritableKeyPath<Root, Int> & Sendable,
        _ end: any WritableKeyPath<Root, Int> & Sendable
    ) -> [Field<Root>] {
        [
            Field(
                "start", start, .integer(in: 0...sampleLimit - 1), "The first sample, from 0.",
                isRequired: true),
            Field(
                "end", schema: { _ in .integer(minimum: 1, maximum: sampleLimit) },
                "The sample behind the last.", isRequired: true,
                read: { cursor, root throws(DocumentError) in
                    root[keyPath: end] = try cursor.integer(
                        in: root[keyPath: start] + 1...sampleLimit)
                }, write: { .integer($0[keyPath: end]) }),
        ]
    }

    /// How a labeled range stands in documents.
    static let format = FieldFormat<Document>.object(Document.fields, into: Document()).mapped(
        { document, _ in
            LabeledRange(
                SampleRange(start: document.start, end: document.end),
                className: document.className)
        },
        back: {
            Document(start: $0.range.start, end: $0.range.end, className: $0.className)
        })

    /// What is read member by member.
    struct Document: Sendable {
        var (start, end, className) = (0, 1, "")

        init() {}

        init(start: Int, end: Int, className: String) {
            (self.start, self.end, self.className) = (start, end, className)
        }

        static let fields = Fields<Self>(
            bounds(\.start, \.end) + [
                Field("class", \.className, .text(bytes: 1_000), "Their class.", isRequired: true)
            ])
    }
}
