private import EMGSignal
internal import Foundation
private import HDF5
internal import MetaLearning

/// Writes the samples of a plan, block by block, and finds the digests of classes and what numbers
/// are scaled by on the way.
struct SampleWriter {
    private let plan: BuildPlan
    private let threads: Int
    private let digests: [MemberDigest]

    /// A chunk is small enough that a sample is read without many others, and large enough to be
    /// worth compressing.
    private static let chunkBytes = 16 << 10
    private static let largestChunk = 4 << 20

    init(_ plan: BuildPlan, threads: Int) {
        self.plan = plan
        self.threads = threads
        digests = plan.members.map { _ in MemberDigest() }
    }

    /// Writes the file.
    ///
    /// - Parameter url: Where.
    /// - Returns: The manifest, without name, file and sources.
    /// - Throws: ``ArrayError`` for a number that is not finite, and what sources and the library
    ///   throw.
    func write(to url: URL) throws -> ArrayManifest {
        let file = try OpenFile.creating(url)
        try file.step { (file) throws(HDF5Error) in
            try file.setText(DatasetNames.format, "format", of: "/")
            try file.setNumber(Int64(DatasetNames.formatVersion), "format_version", of: "/")
            try file.setText(SoftwareVersion.text, "software", of: "/")
        }
        var moments = Moments(count: plan.sample.coefficientCount)
        switch plan.sample.type {
        case .uint8: try writeSamples(of: UInt8.self, to: file, &moments)
        case .float32: try writeSamples(of: Float.self, to: file, &moments)
        }
        let count = plan.labels.count
        try file.createDataset(
            DatasetNames.label, values: plan.labels, shape: [count],
            layout: .compressed(chunk: [min(count, 1 << 14)], level: 4))
        var targets = plan.targetNames.map { ArrayManifest.Target(name: $0) }
        if !targets.isEmpty {
            try writeTargets(to: file, &targets)
        }
        try file.close()
        var members = plan.members
        for index in members.indices { members[index].sha256 = digests[index].finish() }
        let isRegression = !targets.isEmpty
        return ArrayManifest(
            software: SoftwareVersion.text, name: "",
            file: ArrayManifest.DataFile(path: "", sha256: "", bytes: 1), sample: plan.sample,
            normalization: normalization(moments), rotations: plan.configuration.rotations,
            classes: isRegression ? [] : members, tasks: isRegression ? members : [],
            inputs: plan.inputNames, targets: targets, sources: [], settings: plan.configuration)
    }

    private func writeSamples<Value: Element>(
        of type: Value.Type, to file: OpenFile, _ moments: inout Moments
    ) throws {
        let (sample, count) = (plan.sample, plan.labels.count)
        let bytes = sample.width * sample.type.bytes
        var chunk = [min(count, max(1, Self.chunkBytes / bytes))] + sample.shape
        while chunk.reduce(sample.type.bytes, *) > Self.largestChunk {
            guard let longest = chunk.indices.dropFirst().max(by: { chunk[$0] < chunk[$1] }) else {
                break
            }
            chunk[longest] = (chunk[longest] + 1) / 2
        }
        var writer = try file.createDataset(
            DatasetNames.samples, of: type, shape: [count] + sample.shape,
            layout: .compressed(chunk: chunk, level: 4), threads: threads)
        var start = 0
        for source in plan.sources {
            let order = AxisOrder(source.shape, sample, plan.configuration)
            // The writer cannot go into a closure that may throw anything.
            try source.forEachBlock { first, block in
                let values = order.arranged(block)
                try check(values, from: first, of: source)
                let rows = values.count / sample.width
                for row in 0..<rows {
                    let label = Int(plan.labels[start + first + row])
                    let range = row * sample.width..<(row + 1) * sample.width
                    digests[label].add(values, range)
                    if plan.members[label].split == .train { moments.add(values, range) }
                }
                switch values {
                case .bytes(let bytes): try writer.append(bytes.map { Value(widening: Int64($0)) })
                case .numbers(let numbers):
                    try writer.append(numbers.map { Value(widening: Double($0)) })
                }
            }
            start += source.count
        }
        try writer.finish()
    }

    private func check(
        _ values: SampleBlock, from first: Int, of source: any ArraySource
    ) throws(ArrayError) {
        guard case .numbers(let numbers) = values,
            let place = numbers.firstIndex(where: { !$0.isFinite })
        else { return }
        throw ArrayError(
            .notFinite("number \(place % plan.sample.width) of the sample"), at: source.name,
            object: "sample \(first + place / plan.sample.width)",
            hint: "leave the sample out or mend it; numbers must fit single precision")
    }

    private func writeTargets(
        to file: OpenFile, _ targets: inout [ArrayManifest.Target]
    ) throws {
        let (width, count) = (targets.count, plan.labels.count)
        try file.createDataset(
            DatasetNames.targets, values: plan.targets, shape: [count, width],
            layout: .compressed(chunk: [min(count, 1 << 12), width], level: 4))
        var moments = Moments(count: width)
        for (row, label) in plan.labels.enumerated() {
            let range = row * width..<(row + 1) * width
            digests[Int(label)].add(.numbers(plan.targets), range)
            if plan.members[Int(label)].split == .train {
                moments.add(.numbers(plan.targets), range)
            }
        }
        guard plan.configuration.targetNormalization == .standard else { return }
        for index in targets.indices {
            targets[index].offset = moments.means[index]
            targets[index].scale = moments.deviations[index]
        }
    }

    private func normalization(_ moments: Moments) -> ArrayManifest.Normalization {
        let method =
            plan.configuration.normalization ?? (plan.sample.type == .uint8 ? .unit : .none)
        let inverts = plan.configuration.image.inverts
        switch method {
        case .none:
            // 255 less the byte is (byte − 255) / −1.
            return .init(method: .none, offset: [inverts ? 255 : 0], scale: [inverts ? -1 : 1])
        case .unit:
            return .init(method: .unit, offset: [inverts ? 255 : 0], scale: [inverts ? -255 : 255])
        case .standard:
            return .init(
                method: .standard, offset: moments.means,
                scale: moments.deviations.map { inverts ? -$0 : $0 })
        }
    }
}

/// Sums of which mean and standard deviation come, for each coefficient.
private struct Moments {
    private let width: Int
    private var sums: [Double]
    private var squares: [Double]
    private var count = 0.0

    init(count: Int) {
        width = count
        sums = Array(repeating: 0, count: count)
        squares = sums
    }

    mutating func add(_ values: SampleBlock, _ range: Range<Int>) {
        for (place, index) in range.enumerated() {
            let value =
                switch values {
                case .bytes(let bytes): Double(bytes[index])
                case .numbers(let numbers): Double(numbers[index])
                }
            sums[place % width] += value
            squares[place % width] += value * value
        }
        count += Double(range.count / width)
    }

    var means: [Double] { sums.map { $0 / max(1, count) } }

    /// 1 for what does not vary.
    var deviations: [Double] {
        zip(means, squares).map { mean, square in
            let variance = max(0, square / max(1, count) - mean * mean)
            return variance > 1e-12 * max(1, mean * mean) ? variance.squareRoot() : 1
        }
    }
}

/// The order of a sample's axes in a source and in a collection.
private struct AxisOrder {
    /// For each number of a stored sample its place in the source's; `nil` when they are the same.
    private let places: [Int]?
    private let width: Int

    init(_ shape: [Int], _ sample: ArraySample, _ configuration: ArrayConfiguration) {
        width = sample.width
        switch sample.kind {
        case .signal where configuration.channels != .last:
            let (channels, length) = (shape[0], shape[1])
            places = (0..<width).map { $0 % channels * length + $0 / channels }
        case .image where shape.count == 3 && configuration.channels == .first:
            let (channels, pixels) = (shape[0], shape[1] * shape[2])
            places = (0..<width).map { $0 % channels * pixels + $0 / channels }
        default: places = nil
        }
    }

    func arranged(_ block: SampleBlock) -> SampleBlock {
        guard let places else { return block }
        func arranged<Value>(_ values: [Value]) -> [Value] {
            stride(from: 0, to: values.count, by: width).flatMap { start in
                places.map { values[start + $0] }
            }
        }
        return switch block {
        case .bytes(let bytes): .bytes(arranged(bytes))
        case .numbers(let numbers): .numbers(arranged(numbers))
        }
    }
}

extension SampleBlock {
    /// How many numbers there are.
    fileprivate var count: Int {
        switch self {
        case .bytes(let bytes): bytes.count
        case .numbers(let numbers): numbers.count
        }
    }
}
