package import Autodiff

/// Each class is the mean of its support's features, and a query is of the nearest one (Snell,
/// Swersky and Zemel, "Prototypical networks for few-shot learning", 2017).
///
/// The logits are `−s ‖q − c‖²`, without the part that all classes share, or `s` times the cosine
/// of the angle between `q` and `c`; `s` is learned. A class that was not shown is ruled out.
package struct PrototypeHead: ClosedFormHead, Hashable {
    /// How near a query is to a class.
    package enum Distance: String, Sendable, Hashable, CaseIterable {
        /// By the square of the Euclidean distance.
        case euclidean
        /// By the angle.
        case cosine
    }

    /// How near a query is to a class.
    package let distance: Distance

    /// The logit of a class that was not shown: no other one is as low.
    private static let ruledOut = -1e4

    /// Creates the head.
    package init(_ distance: Distance) { self.distance = distance }

    /// The logarithm of `s`, which starts from 1, or from 10 for angles.
    package var parameters: [HeadParameter] {
        [HeadParameter("log_scale", .scalar, start: [distance == .cosine ? 2.302_585 : 0])]
    }

    /// The class means, or their directions; with distances the squares of their lengths; and what is
    /// added to the logits of classes that were not shown.
    package func fittedNumbers(
        width: Int, classCount: Int
    ) -> [(name: String, shape: Shape)] {
        [("means", [classCount, width])]
            + (distance == .euclidean ? [("lengths", [classCount])] : [])
            + [("missing", [classCount])]
    }

    /// Records the means.
    package func recordFit(
        _ recorder: inout HeadRecorder, support: Tape.Variable
    ) -> [Tape.Variable] {
        let classes = recorder.classCount
        let weights = recorder.constant([classes, recorder.shape.support]) { counts in
            // A class without rows stands at the mean of all, where it has a length.
            (0..<classes).flatMap { label in
                counts.counts[label] > 0
                    ? counts.meanWeights(of: [label])
                    : counts.labels.map { _ in 1 / Double(counts.labels.count) }
            }
        }
        let missing = recorder.constant([classes]) { counts in
            counts.counts.map { $0 > 0 ? 0 : Self.ruledOut }
        }
        let means = recorder.tape.product(.plain(weights), .plain(support))
        switch distance {
        case .euclidean:
            return [means, recorder.tape.rowProducts(means, means), missing]
        case .cosine:
            return [recorder.tape.normalize(means, .unitLength), missing]
        }
    }

    /// Records distances, or cosines, and logits.
    package func recordDecision(
        _ recorder: inout HeadRecorder, fitted: [Tape.Variable], query: Tape.Variable
    ) -> Tape.Variable {
        let (classes, rows) = (recorder.classCount, recorder.shape.query)
        let (means, missing) = (fitted[0], fitted[fitted.count - 1])
        let scale = recorder.positive("log_scale", [rows, classes])
        var nearness: Tape.Variable
        switch distance {
        case .euclidean:
            nearness = recorder.tape.scale(
                recorder.tape.product(.plain(query), .transposed(means)), by: 2)
            nearness = recorder.tape.subtract(
                nearness, recorder.tape.repeatRow(fitted[1], count: rows))
        case .cosine:
            nearness = recorder.tape.product(
                .plain(recorder.tape.normalize(query, .unitLength)), .transposed(means))
        }
        return recorder.tape.add(
            recorder.tape.multiply(scale, nearness),
            recorder.tape.repeatRow(missing, count: rows))
    }
}
