import Documents
import PrintableText

/// The scaling of a task's channels as it stands in a manifest.
struct CoefficientsDocument: Described {
    private(set) var coefficients = CollectionManifest.Coefficients(offset: [], scale: [])
    private var channelCount = 0

    init() {}

    init(_ coefficients: CollectionManifest.Coefficients) { self.coefficients = coefficients }

    /// Coefficients that are still to be read.
    init(channelCount: Int) { self.channelCount = channelCount }

    static let fields: Fields<Self> = [
        numbers("offset", \.coefficients.offset, .number(), "One number a channel."),
        numbers(
            "scale", \.coefficients.scale,
            FieldFormat(
                .number(minimum: 0, maximum: nil, above: true),
                read: { cursor throws(DocumentError) in
                    try cursor.number(in: .leastNonzeroMagnitude ... .greatestFiniteMagnitude)
                },
                write: { .number($0) }), "One number above 0 a channel."),
    ]

    private static func numbers(
        _ key: String, _ path: any WritableKeyPath<Self, [Double]> & Sendable,
        _ number: FieldFormat<Double>, _ documentation: String
    ) -> Field<Self> {
        Field(
            key,
            schema: { .list(of: number.schema($0), count: 1 ... .max, isUnique: false) },
            documentation, isRequired: true,
            read: { list, document throws(DocumentError) in
                var numbers: [Double] = []
                for cursor in try list.array() { numbers.append(try number.read(cursor)) }
                guard numbers.count == document.channelCount else {
                    throw list.error(
                        expected: "one number for each of "
                            + "\(document.channelCount, of: "channel")")
                }
                document[keyPath: path] = numbers
            },
            write: { .numbers($0[keyPath: path]) })
    }
}
