internal import EMGSignal
internal import HDF5

/// The class of each row of a recording in an HDF5 file. Used by one thread.
final class HDF5Labels {
    /// Where they come from.
    enum Origin {
        /// Nowhere.
        case none
        /// Events laid over the samples.
        case events(EventLabels)
        /// A dataset of numbers, each with a name or named by itself.
        case numbers(HDF5Column, names: [Int: String])
        /// A dataset with a column for each class, 1 where the row is of that class.
        case oneHot(OneHotLabels, names: [Int: String])
        /// A dataset of texts or members of an enumeration.
        case words(OpenTexts)
    }

    private let origin: Origin
    private let source: HDF5Source
    /// What a template says of classes that the layout gives no name.
    private let template: SourceTemplate?
    private var classes = ClassCollector()
    private var words: (rows: Range<Int>, texts: [String]) = (0..<0, [])

    /// How many texts are read at a time.
    private static let wordRows = 1 << 14

    init(_ origin: Origin, in source: HDF5Source, template: SourceTemplate? = nil) {
        self.template = template
        self.origin = origin
        self.source = source
    }

    /// What the metadata says of them.
    var metadata: StreamMetadata.Labels {
        switch origin {
        case .none: .none
        case .events(let labels): .classes(labels.classNames)
        case .numbers, .oneHot, .words: .knownAtEnd
        }
    }

    /// How many rows have labels; `nil` when all do.
    var count: Int? {
        switch origin {
        case .none, .events: nil
        case .numbers(let column, _): column.count
        case .oneHot(let labels, _): labels.count
        case .words(let texts): texts.count
        }
    }

    /// Appends the labels of rows.
    func append(_ rows: Range<Int>, to labels: inout [UInt8]) throws(IngestError) {
        switch origin {
        case .none: break
        case .events(let events):
            events.append(SampleRange(start: rows.lowerBound, end: rows.upperBound), to: &labels)
        case .numbers(let column, let names):
            let numbers = try source.attempt { (_) throws(HDF5Error) in try column.read(rows) }
            for (offset, number) in numbers.enumerated() {
                let row = rows.lowerBound + offset
                let text = Int(exactly: number).map { String($0) } ?? "\(number)"
                if template?.unlabeled.contains(text) == true {
                    labels.append(try classNumber(LabelTrack.unlabeledName, at: column.name))
                    continue
                }
                guard let whole = Int(exactly: number), names.isEmpty || names[whole] != nil
                else {
                    throw IngestError(
                        .invalidCell(
                            expected: names.isEmpty
                                ? "a whole number as label" : "a label with a class name",
                            found: text),
                        at: source.location(column.name),
                        hint: "it is label \(row), counted from 0; if it says that nobody labeled "
                            + "the sample, say \"unlabeled: [\(text)]\" in a template")
                }
                labels.append(
                    try classNumber(names[whole] ?? named(String(whole)), at: column.name))
            }
        case .oneHot(let oneHot, let names):
            for number in try oneHot.read(rows, in: source) {
                let name =
                    number.map { names[$0] ?? named(String($0)) } ?? LabelTrack.unlabeledName
                labels.append(try classNumber(name, at: oneHot.name))
            }
        case .words(let texts):
            for row in rows {
                if !words.rows.contains(row) {
                    let end = min(texts.count, row + Self.wordRows)
                    words = (
                        row..<end,
                        try source.attempt { (_) throws(HDF5Error) in try texts.read(row..<end) }
                    )
                }
                let text = words.texts[row - words.rows.lowerBound]
                labels.append(
                    try classNumber(
                        text.isEmpty ? LabelTrack.unlabeledName : named(text),
                        at: texts.place.object))
            }
        }
    }

    /// The classes, when they are known at the end, and what each label becomes.
    func settled() -> (classNames: [String], labelMap: [UInt8])? {
        switch origin {
        case .none, .events: return nil
        case .words: return classes.settled()
        case .numbers(_, let names), .oneHot(_, let names):
            guard !names.isEmpty else { return classes.settled() }
            // Named classes keep the order of their numbers, those without a sample among them.
            let seen = classes.settled()
            let order = names.sorted { $0.key < $1.key }.map(\.value)
            var unique: [String] = []
            for name in order where !unique.contains(name) { unique.append(name) }
            // Rows of no class, and classes that a template names, come before.
            unique.insert(contentsOf: seen.classNames.filter { !unique.contains($0) }, at: 0)
            guard unique.count <= 256 else { return seen }
            var map = seen.labelMap
            for (provisional, final) in seen.labelMap.enumerated() {
                let name = seen.classNames[Int(final)]
                map[provisional] = UInt8(unique.firstIndex(of: name) ?? 0)
            }
            return (unique, map)
        }
    }

    private func named(_ value: String) -> String {
        template?.className(of: value) ?? value
    }

    private func classNumber(_ name: String, at object: String) throws(IngestError) -> UInt8 {
        if let number = classes.number(of: name) { return number }
        throw IngestError(
            .unsupported(feature: "a recording of more than 256 classes"),
            at: source.location(object), hint: "is this really the dataset of the labels?")
    }
}
