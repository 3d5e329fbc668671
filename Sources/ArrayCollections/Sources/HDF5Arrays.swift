private import EMGSignal
internal import Foundation
private import HDF5

/// Datasets of an HDF5 file.
struct HDF5Arrays: ArraySource {
    let name: String
    let count: Int
    let shape: [Int]
    let type: ArraySample.Number
    let inputNames: [String]

    private let file: OpenFile
    /// The samples; `nil` where columns are put together.
    private let samples: OpenDataset?

    /// A chunk of a dataset may be so large.
    private static let largestChunk = 256 << 20

    init(_ url: URL, _ settings: ArrayConfiguration) throws {
        name = url.path(percentEncoded: false)
        var limits = ReadLimits()
        limits.chunkBytes = Self.largestChunk
        let file = try OpenFile.reading(url, limits: limits)
        self.file = file
        inputNames = settings.inputs
        guard settings.inputs.isEmpty else {
            samples = nil
            shape = [settings.inputs.count]
            type = .float32
            let first = try file.dataset(settings.inputs[0])
            count = first.description.shape.first ?? 0
            for input in settings.inputs {
                try Self.check(try file.dataset(input), has: [count], setting: "inputs")
            }
            return
        }
        let dataset =
            try settings.samples.map { name throws(HDF5Error) in try file.dataset(name) }
            ?? Self.onlySamples(of: file, name)
        let extents = dataset.description.shape
        guard extents.count >= 2, extents[0] >= 1, extents.dropFirst().allSatisfy({ $0 >= 1 })
        else {
            throw ArrayError(
                .invalid(
                    expected: "samples along the first axis and numbers along others",
                    found: "shape \(extents)"), at: name, object: dataset.place.object,
                hint: "name the dataset of the samples with --samples")
        }
        samples = dataset
        count = extents[0]
        shape = Array(extents.dropFirst())
        type = dataset.description.type == .integer(bits: 8, isSigned: false) ? .uint8 : .float32
    }

    /// The only dataset that can be the samples.
    private static func onlySamples(of file: OpenFile, _ name: String) throws -> OpenDataset {
        let (names, _) = try file.step { (file) throws(HDF5Error) in
            try file.links(in: "/", limit: 1_000)
        }
        var found: [OpenDataset] = []
        for name in names {
            // What is no dataset of numbers cannot be the samples.
            guard let dataset = try? file.dataset(name), dataset.description.shape.count >= 2 else {
                continue
            }
            switch dataset.description.type {
            case .float, .integer: found.append(dataset)
            default: continue
            }
        }
        guard let dataset = found.first, found.count == 1 else {
            throw ArrayError(
                .missing(
                    "dataset of samples that can be told from others",
                    known: found.isEmpty ? names : found.map(\.place.object)), at: name,
                hint: "name it with --samples")
        }
        return dataset
    }

    private static func check(
        _ dataset: OpenDataset, has shape: [Int], setting: String
    ) throws(ArrayError) {
        guard dataset.description.shape == shape else {
            throw ArrayError(
                .mismatch(
                    expected: "a value for each of \(shape[0]) samples",
                    found: "shape \(dataset.description.shape)"), at: dataset.place.file,
                object: dataset.place.object, hint: "name another dataset for \(setting)")
        }
    }

    // MARK: Labels

    func column(_ column: String, names: String?, setting: String) throws -> LabelColumn {
        let dataset = try file.dataset(column)
        try Self.check(dataset, has: [count], setting: setting)
        let known = try names.map { try texts($0) }
        switch dataset.description.type {
        case .integer:
            return try LabelColumn(
                numbers: try dataset.read(as: Int64.self).map { Int($0) }, names: known,
                at: (name, dataset.place.object))
        case .float:
            let numbers = try dataset.read(as: Double.self)
            if let row = numbers.firstIndex(where: { $0 != $0.rounded() || $0.magnitude > 1e15 }) {
                throw ArrayError(
                    .invalid(expected: "a whole number as \(setting)", found: "\(numbers[row])"),
                    at: name, object: "\(dataset.place.object)[\(row)]",
                    hint: "labels are whole numbers or texts")
            }
            return try LabelColumn(
                numbers: numbers.map { Int($0) }, names: known, at: (name, dataset.place.object))
        default:
            return LabelColumn(texts: try texts(column), order: NaturalOrder.precedes)
        }
    }

    private func texts(_ dataset: String) throws(HDF5Error) -> [String] {
        let texts = try file.texts(dataset)
        return try texts.read(0..<texts.count)
    }

    // MARK: Numbers

    func targets(_ columns: [String]) throws -> (names: [String], values: [Float]) {
        var names: [String] = []
        var parts: [(width: Int, values: [Float])] = []
        for column in columns {
            let dataset = try file.dataset(column)
            let extents = dataset.description.shape
            guard (1...2).contains(extents.count), extents[0] == count else {
                throw ArrayError(
                    .mismatch(
                        expected: "numbers for each of \(count) samples", found: "shape \(extents)"),
                    at: name, object: dataset.place.object, hint: "name another dataset for targets"
                )
            }
            let width = extents.count == 1 ? 1 : extents[1]
            let plain = column.split(separator: "/").last.map(String.init) ?? column
            names += extents.count == 1 ? [plain] : (1...width).map { "\(plain) \($0)" }
            parts.append((width, try Self.numbers(dataset, 0..<count)))
        }
        let values = (0..<count).flatMap { row in
            parts.flatMap { $0.values[row * $0.width..<(row + 1) * $0.width] }
        }
        return (names, values)
    }

    private static func numbers(
        _ dataset: OpenDataset, _ rows: Range<Int>
    ) throws(HDF5Error) -> [Float] {
        if case .integer(let bits, _) = dataset.description.type, bits > 32 {
            return try dataset.readRows(as: Int64.self, rows).map { Float($0) }
        }
        return try dataset.readRows(as: Double.self, rows).map { Float($0) }
    }

    func forEachBlock(_ body: (_ first: Int, _ block: SampleBlock) throws -> Void) throws {
        let width = shape.reduce(1, *)
        let band = samples?.description.chunkShape?[0] ?? 1
        let rows = band * max(1, (4 << 20) / (band * width * 4))
        for start in stride(from: 0, to: count, by: rows) {
            let range = start..<min(count, start + rows)
            if let samples {
                try body(
                    start,
                    type == .uint8
                        ? .bytes(try samples.readRows(as: UInt8.self, range))
                        : .numbers(try Self.numbers(samples, range)))
            } else {
                let columns = try inputNames.map { try Self.numbers(file.dataset($0), range) }
                try body(
                    start, .numbers((0..<range.count).flatMap { row in columns.map { $0[row] } }))
            }
        }
    }
}
