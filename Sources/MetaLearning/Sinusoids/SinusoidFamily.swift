private import Foundation
package import SeededRandom

/// The sinusoid benchmark's tasks, `y = A sin(f x + φ)`: regression from one number to one.
package struct SinusoidFamily: Sendable, Hashable {
    /// Which parameters differ between tasks.
    package enum Dimensions: Int, Sendable, Hashable, CaseIterable {
        /// Amplitude and phase.
        case two = 2
        /// Amplitude, phase and frequency.
        case three = 3
    }

    /// Which parameters differ between tasks.
    package let dimensions: Dimensions
    /// Their ranges, A from 0.1 to 5, φ from 0° to 180° and f from 0.5 to 2, cut into a queue's
    /// cells.
    package let grid: ParameterGrid

    /// Creates the family.
    package init(_ dimensions: Dimensions = .two) {
        self.dimensions = dimensions
        var axes = [
            ParameterGrid.Axis("amplitude", from: 0.1, to: 5, block: 0.1),
            ParameterGrid.Axis("phase", from: 0, to: 180, block: 5),
        ]
        if dimensions == .three {
            axes.append(ParameterGrid.Axis("frequency", from: 0.5, to: 2, block: 0.2))
        }
        grid = ParameterGrid(axes)
    }

    /// Parameters drawn uniformly from their whole ranges.
    package func parameters(from generator: inout SeededGenerator) -> [Double] {
        grid.axes.map { generator.uniform(in: $0.lower..<$0.upper) }
    }

    /// The fixed grid of evaluation: A in steps of 0.2, φ of 10° and f of 0.2, 450 tasks in two
    /// dimensions and 3,600 in three.
    package var evaluationGrid: [[Double]] {
        let steps = [0.2, 10, 0.2]
        return zip(grid.axes, steps).reduce([[]]) { points, axis in
            let (axis, step) = axis
            let count = Int((axis.upper - axis.lower) / step - 1e-9) + 1
            return points.flatMap { point in
                (0..<count).map { point + [axis.lower + Double($0) * step] }
            }
        }
    }

    /// The value of a task's function.
    package func value(_ parameters: [Double], at x: Double) -> Double {
        let frequency = parameters.count > 2 ? parameters[2] : 1
        return parameters[0] * sin(frequency * x + parameters[1] * .pi / 180)
    }

    /// 100 evenly spaced places from −5 to 5.
    private static let evenPlaces: [Double] = (0..<100).map { Double($0) * 10 / 99 - 5 }

    /// A task's samples: support and query at places drawn uniformly from −5 to 5.
    ///
    /// - Parameters:
    ///   - parameters: Amplitude, phase in degrees and, in three dimensions, frequency.
    ///   - shots: Points of the support.
    ///   - queryPoints: Points of the query; `nil` for 100 evenly spaced ones.
    ///   - generator: Where random numbers come from.
    /// - Returns: The samples.
    func samples(
        _ parameters: [Double], shots: Int, queryPoints: Int?,
        from generator: inout SeededGenerator
    ) -> TaskSamples<Float> {
        func part(_ places: [Double]) -> LabeledSamples<Float> {
            LabeledSamples(
                rows: places.map { Float($0) },
                targets: places.map { Float(value(parameters, at: $0)) }, count: places.count)
        }
        func drawn(_ count: Int) -> [Double] {
            (0..<count).map { _ in generator.uniform(in: -5..<5) }
        }
        let support = drawn(shots)
        let query = queryPoints.map(drawn) ?? Self.evenPlaces
        return TaskSamples(id: "sinusoid", support: part(support), query: part(query))
    }
}
