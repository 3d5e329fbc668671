package import Autodiff

/// Samples with their classes or targets, from which batches are gathered in the form a model wants.
package struct LabeledSamples<Scalar: TensorScalar>: Sendable {
    private enum Storage: Sendable {
        case windows(WindowSet, WindowSet.Layout)
        case rows([Scalar])
        /// Several sets one after the other, and the place of each one's first sample.
        case joined([LabeledSamples], starts: [Int])
    }

    private let storage: Storage
    private let labels: [UInt16]
    /// The targets of a regression, row by row; empty for classes.
    private let targets: [Scalar]
    /// How windows are varied as they are gathered; `nil` for not at all.
    private var draws: WindowDraws?
    /// Numbers of a sample.
    package let width: Int
    /// How many samples there are.
    package let count: Int

    /// Windows of a signal.
    ///
    /// - Parameters:
    ///   - windows: The windows.
    ///   - layout: The order in which the model wants a window's numbers.
    package init(_ windows: WindowSet, layout: WindowSet.Layout) {
        storage = .windows(windows, layout)
        labels =
            windows.manyLabels.isEmpty
            ? windows.labels.map(UInt16.init) : windows.manyLabels
        targets = windows.targets.map { Scalar($0) }
        width = windows.windowWidth
        count = windows.count
    }

    /// Samples as rows of numbers.
    ///
    /// - Parameters:
    ///   - rows: One after the other, all of one width.
    ///   - labels: The class of each row.
    package init(rows: [Scalar], labels: [UInt8]) {
        precondition(
            !labels.isEmpty && rows.count.isMultiple(of: labels.count),
            "expected \(labels.count) rows of one width, got \(rows.count) numbers")
        storage = .rows(rows)
        self.labels = labels.map(UInt16.init)
        targets = []
        width = rows.count / labels.count
        count = labels.count
    }

    /// Samples of a regression as rows of numbers.
    ///
    /// - Parameters:
    ///   - rows: One after the other, all of one width.
    ///   - targets: The rows of numbers that a model should put out.
    ///   - count: How many rows there are, at least 1.
    package init(rows: [Scalar], targets: [Scalar], count: Int) {
        precondition(
            count >= 1 && rows.count.isMultiple(of: count) && targets.count.isMultiple(of: count),
            "expected \(count) rows, got \(rows.count) and \(targets.count) numbers")
        storage = .rows(rows)
        labels = []
        self.targets = targets
        self.count = count
        width = rows.count / count
    }

    /// Several sets one after the other.
    ///
    /// - Parameter parts: The sets, at least one, all of one width.
    package init(joining parts: [LabeledSamples]) {
        precondition(
            !parts.isEmpty && parts.allSatisfy { $0.width == parts[0].width },
            "expected sets of one width")
        var starts: [Int] = []
        var count = 0
        for part in parts {
            starts.append(count)
            count += part.count
        }
        storage = .joined(parts, starts: starts)
        labels = parts.flatMap(\.labels)
        targets = parts.flatMap(\.targets)
        width = parts[0].width
        self.count = count
    }

    /// The windows varied as they are gathered; other samples stay as they are.
    func varied(by draws: WindowDraws) -> LabeledSamples {
        var result = self
        result.draws = draws
        return result
    }

    /// The class of a sample.
    package func label(of sample: Int) -> Int { Int(labels[sample]) }

    /// Numbers of a sample's targets; 0 for classes.
    var targetWidth: Int { targets.count / count }

    /// A number of a sample's targets.
    func target(_ index: Int) -> Scalar { targets[index] }

    /// Copies samples into a buffer, row by row.
    ///
    /// - Parameters:
    ///   - samples: Which, by their places.
    ///   - rows: The buffer; overwritten from `start` on.
    ///   - start: Where the first row goes.
    package func gather(_ samples: ArraySlice<Int>, into rows: inout [Scalar], at start: Int = 0) {
        switch storage {
        case .windows(let windows, let layout):
            if let draws {
                gather(samples, of: windows, as: layout, varied: draws, into: &rows, at: start)
            } else {
                windows.gather(samples, as: layout, into: &rows, at: start)
            }
        case .rows(let all):
            var next = start
            for sample in samples {
                for index in sample * width..<(sample + 1) * width {
                    rows[next] = all[index]
                    next += 1
                }
            }
        case .joined(let parts, let starts):
            for (row, sample) in samples.enumerated() {
                let part = Self.part(of: sample, starts)
                parts[part].gather(
                    [sample - starts[part]], into: &rows, at: start + row * width)
            }
        }
    }

    /// The last set that starts at or before a sample; by halving.
    private static func part(of sample: Int, _ starts: [Int]) -> Int {
        var (low, high) = (0, starts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= sample { low = middle } else { high = middle }
        }
        return low
    }
}

extension LabeledSamples {
    /// Gathers windows, each varied by its own draw.
    func gather(
        _ samples: ArraySlice<Int>, of windows: WindowSet, as layout: WindowSet.Layout,
        varied draws: WindowDraws, into rows: inout [Scalar], at start: Int
    ) {
        var window = [Float](repeating: 0, count: width)
        var next = start
        for place in samples.indices {
            windows.gather(samples[place...place], as: layout, into: &window)
            draws.variation.vary(&window, layout: layout, draw: draws.draw(samples[place]))
            for value in window {
                rows[next] = Scalar(value)
                next += 1
            }
        }
    }
}
