/// Where samples come from: a file or folder with samples and what is known of each.
protocol ArraySource: Sendable {
    /// Its name, for messages and the manifest.
    var name: String { get }
    /// How many samples it has.
    var count: Int { get }
    /// The axes of a sample as they are stored there.
    var shape: [Int] { get }
    /// Whether its numbers are bytes.
    var type: ArraySample.Number { get }
    /// The names of a sample's numbers, where they have names.
    var inputNames: [String] { get }

    /// What is known of each sample.
    ///
    /// - Parameters:
    ///   - column: Which column, dataset or array.
    ///   - names: Where the names of numbers stand; `nil` for none.
    ///   - setting: The setting that asks for it, for messages.
    /// - Returns: A name for each sample.
    /// - Throws: When it is not there, has another length or no names.
    func column(
        _ column: String, names: String?, setting: String
    ) throws -> LabelColumn

    /// The numbers of targets, `[samples × targets]`, with a name for each.
    func targets(_ columns: [String]) throws -> (names: [String], values: [Float])

    /// Reads all samples in order, in blocks that fit in memory.
    func forEachBlock(_ body: (_ first: Int, _ block: SampleBlock) throws -> Void) throws
}

/// Some samples one after the other.
enum SampleBlock: Sendable {
    case bytes([UInt8])
    case numbers([Float])
}

/// What is known of each sample: a few names, and which one each sample has.
struct LabelColumn: Sendable {
    /// Names in their order: of numbers as they count, of others as a person expects it.
    var names: [String]
    /// The place of each sample's name.
    var indices: [Int32]

    /// Texts, one for each sample, and what says which of two names comes first.
    init(texts: [String], order: (String, String) -> Bool) {
        names = Set(texts).sorted(by: order)
        let places = Dictionary(
            uniqueKeysWithValues: names.enumerated().map { ($1, Int32($0)) })
        indices = texts.map { places[$0] ?? 0 }
    }

    /// Numbers, one for each sample.
    ///
    /// - Parameters:
    ///   - numbers: Whole numbers.
    ///   - known: The names of numbers from 0 on; `nil` for numbers without.
    ///   - place: The file and the dataset or column, for messages.
    /// - Throws: ``ArrayError`` for a number without a name, or two of one name.
    init(
        numbers: [Int], names known: [String]?, at place: (file: String, object: String)
    ) throws(ArrayError) {
        let distinct = Set(numbers).sorted()
        if let known {
            if let number = distinct.first(where: { !known.indices.contains($0) }) {
                let row = numbers.firstIndex(of: number) ?? 0
                throw ArrayError(
                    .invalid(
                        expected: "a number from 0 to \(known.count - 1), which have names",
                        found: "\(number)"), at: place.file, object: "\(place.object)[\(row)]",
                    hint: "give each number a name, or leave the names out")
            }
            var seen: [String: Int] = [:]
            for number in distinct {
                if let other = seen.updateValue(number, forKey: known[number]) {
                    throw ArrayError(
                        .mismatch(
                            expected: "a name for each number",
                            found: "\"\(known[number])\" for both \(other) and \(number)"),
                        at: place.file, object: place.object,
                        hint: "give them different names")
                }
            }
        }
        names = distinct.map { known?[$0] ?? String($0) }
        let places = Dictionary(
            uniqueKeysWithValues: distinct.enumerated().map { ($1, Int32($0)) })
        indices = numbers.map { places[$0] ?? 0 }
    }
}
