private import Autodiff
private import SeededRandom

/// Varies training windows as they are gathered: data augmentation on the fly.
///
/// Only training tasks are varied, support and query alike; validation and test tasks never are.
/// In one meta-step a window is varied once, however often inner steps come back to it.
public protocol WindowVariation: Sendable {
    /// What is varied, in a few words for the notes of a run.
    var summary: String { get }

    /// Varies a window in place.
    ///
    /// - Parameters:
    ///   - window: The numbers of one window.
    ///   - layout: Their order.
    ///   - draw: Names the random choice: the same numbers and draw give the same result, on any
    ///     thread and machine.
    func vary(_ window: inout [Float], layout: WindowSet.Layout, draw: UInt64)
}

/// A variation and the name of what it draws for a set of windows.
struct WindowDraws: Sendable {
    let variation: any WindowVariation
    let key: UInt64

    init(_ variation: any WindowVariation, seed: UInt64, name: String) {
        self.variation = variation
        var generator = SeededGenerator(seed: seed, stream: "variation of \(name)")
        key = generator.next()
    }

    /// The draw of one window.
    func draw(_ window: Int) -> UInt64 {
        // An odd factor unlike that of SplitMix64, whose neighbors would share parts of a state.
        key &+ UInt64(window) &* 0xd1b5_4a32_d192_ed03
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

extension TaskSamples {
    /// The task with its windows varied.
    ///
    /// - Parameters:
    ///   - variation: How; `nil` leaves them as they are.
    ///   - seed: What random choices are drawn from.
    ///   - round: Which time this is: other rounds give other draws.
    /// - Returns: The task.
    func varied(by variation: (any WindowVariation)?, seed: UInt64, round: String) -> Self {
        guard let variation else { return self }
        func draws(_ part: String) -> WindowDraws {
            WindowDraws(variation, seed: seed, name: "\(part) of \(id), \(round)")
        }
        return TaskSamples(
            id: id, support: support.varied(by: draws("support")),
            query: query.varied(by: draws("query")))
    }
}
