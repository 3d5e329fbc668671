import EMGBatch
import Foundation
import Synchronization

/// How far a batch is: a bar with rate and time left on a terminal, a plain line now and then
/// elsewhere.
final class ProgressLine: Sendable {
    private struct State {
        var lastShown: ContinuousClock.Instant
        var hasShown = false
    }

    private let verb: String
    private let begin = ContinuousClock.now
    private let state: Mutex<State>

    /// - Parameter verb: What is done to an item, for example `converted`.
    init(verb: String) {
        self.verb = verb
        state = Mutex(State(lastShown: begin))
    }

    /// Shows how far the batch is, unless that was shown a moment ago.
    func show(_ progress: BatchProgress) {
        let now = ContinuousClock.now
        let pause: Duration = Console.isTerminal ? .milliseconds(100) : .seconds(10)
        let isDue = state.withLock { state in
            guard now - state.lastShown >= pause else { return false }
            state.lastShown = now
            return true
        }
        guard isDue else { return }
        let text = Self.text(progress, verb: verb, elapsed: (now - begin).seconds)
        if Console.isTerminal {
            Console.progress("\(Self.bar(progress.fraction)) \(text)")
        } else {
            Console.note(text)
        }
    }

    /// Clears the bar.
    func end() { Console.endProgress() }

    /// `12 of 40 converted, 1 refused, 340 MB of 1.2 GB, 95 MB/s, 9 s left`.
    static func text(_ progress: BatchProgress, verb: String, elapsed: Double) -> String {
        var parts = ["\(progress.doneItems) of \(progress.totalItems) \(verb)"]
        if progress.refusedItems > 0 { parts.append("\(progress.refusedItems) refused") }
        if progress.totalBytes > 0 {
            parts.append("\(bytes(progress.doneBytes)) of \(bytes(progress.totalBytes))")
            if elapsed > 0, progress.doneBytes > 0 {
                parts.append("\(bytes(Int(Double(progress.doneBytes) / elapsed)))/s")
            }
        }
        if progress.fraction > 0, progress.fraction < 1 {
            parts.append("\(time(elapsed * (1 / progress.fraction - 1))) left")
        }
        return parts.joined(separator: ", ")
    }

    static func bar(_ fraction: Double) -> String {
        let width = 24
        let filled = Int((fraction * Double(width)).rounded(.down))
        return "[" + String(repeating: "█", count: filled)
            + String(repeating: "·", count: width - filled) + "]"
    }

    private static func bytes(_ count: Int) -> String {
        let units = ["B", "kB", "MB", "GB", "TB"]
        var value = Double(count)
        var unit = 0
        while value >= 999.5, unit < units.count - 1 {
            value /= 1_000
            unit += 1
        }
        let format = value < 9.95 && unit > 0 ? "%.1f" : "%.0f"
        return String(format: format, value) + " \(units[unit])"
    }

    static func time(_ seconds: Double) -> String {
        // Far more than any batch takes: the first estimates of a large one are wild.
        let whole = Int(min(seconds.rounded(.up), 1e7))
        if whole < 90 { return "\(whole) s" }
        if whole < 5_400 { return "\((whole + 30) / 60) min" }
        return "\(whole / 3_600) h \(whole % 3_600 / 60) min"
    }
}

extension Duration {
    /// The duration in seconds.
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
