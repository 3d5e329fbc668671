public import SeededRandom

/// The parameters of a model and how they start.
public struct ModelPlan: Sendable {
    /// Names, shapes and places.
    public let layout: ParameterLayout
    /// Whether what the model puts out for a window depends on the others of its batch.
    package let readsBatchStatistics: Bool
    private let starts: [ModelRecorder.Initialization]

    /// The parameters that a recorder has listed.
    public init(_ recorder: ModelRecorder) {
        layout = ParameterLayout(recorder.parameters.map { ($0.name, $0.shape) })
        starts = recorder.parameters.map(\.start)
        readsBatchStatistics = recorder.readsBatchStatistics
    }

    /// Draws the parameters that training starts from, in their order.
    public func initialValues(from generator: inout SeededGenerator) -> [Double] {
        var values = [Double](repeating: 0, count: layout.count)
        for (entry, start) in zip(layout.entries, starts) {
            switch start {
            case .uniform(let bound):
                for index in entry.range { values[index] = generator.uniform(in: -bound..<bound) }
            case .constant(let value):
                for index in entry.range { values[index] = value }
            case .rowLengths: continue
            }
        }
        for (place, start) in starts.enumerated() {
            guard case .rowLengths(let distance) = start else { continue }
            let (lengths, rows) = (layout.entries[place], layout.entries[place - distance])
            let width = rows.range.count / lengths.range.count
            for (row, index) in lengths.range.enumerated() {
                let first = rows.range.lowerBound + row * width
                values[index] = values[first..<first + width].reduce(0) { $0 + $1 * $1 }
                    .squareRoot()
            }
        }
        return values
    }
}
