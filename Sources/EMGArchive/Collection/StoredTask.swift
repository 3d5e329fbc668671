import EMGSignal
import HDF5
import PrintableText

/// A task's arrays as they lie in the file.
struct StoredTask: Sendable {
    struct Portion: Sendable {
        let starts: [Int64]
        let labels: [UInt8]
        /// `[windows, targets]`; empty when the collection has none.
        let targetShape: [Int]
        let targets: [Float]
    }

    let shape: [Int]
    let values: [Float]
    let support: Portion
    let query: Portion
    let earlier: Portion?

    init(
        _ file: borrowing File, group: String, hasTargets: Bool, hasEarlier: Bool
    ) throws(HDF5Error) {
        (shape, values) = try file.withDataset("\(group)/\(TensorNames.signal)") {
            (dataset) throws(HDF5Error) in
            (dataset.description.shape, try dataset.read(as: Float.self))
        }
        support = try Self.portion(
            "\(group)/\(TensorNames.support)", in: file, hasTargets: hasTargets)
        query = try Self.portion(
            "\(group)/\(TensorNames.query)", in: file, hasTargets: hasTargets)
        earlier =
            hasEarlier
            ? try Self.portion(
                "\(group)/\(TensorNames.earlier)", in: file, hasTargets: hasTargets) : nil
    }

    private static func portion(
        _ group: String, in file: borrowing File, hasTargets: Bool
    ) throws(HDF5Error) -> Portion {
        var (shape, targets): ([Int], [Float]) = ([], [])
        if hasTargets {
            (shape, targets) = try file.withDataset("\(group)/\(TensorNames.targets)") {
                (dataset) throws(HDF5Error) in
                (dataset.description.shape, try dataset.read(as: Float.self))
            }
        }
        return Portion(
            starts: try values("\(group)/\(TensorNames.starts)", in: file),
            labels: try values("\(group)/\(TensorNames.labels)", in: file),
            targetShape: shape, targets: targets)
    }

    private static func values<Value: Element>(
        _ name: String, in file: borrowing File
    ) throws(HDF5Error) -> [Value] {
        try file.withDataset(name) { (dataset) throws(HDF5Error) in
            guard dataset.description.shape.count == 1 else {
                throw HDF5Error(
                    .unexpectedShape(
                        expected: "1 dimension",
                        found: "\(dataset.description.shape.count)"), at: file.place(name))
            }
            return try dataset.read(as: Value.self)
        }
    }
}
