internal import EMGSignal
private import Foundation
import PrintableText

extension TimeLine {
    /// Something about the time stamps that their user should know.
    struct Note: Sendable, Hashable {
        let kind: IngestWarning.Kind
        /// The sample where it is first; `nil` when it is everywhere.
        var sample: Int?
        var count = 1
        let message: String
    }

    /// How many gaps a sentence lists.
    private static let mostListed = 5

    /// What should be known of the stamps of a recording.
    ///
    /// - Parameter rate: The rate that is used for it.
    /// - Returns: Notes for warnings, in the order of their kinds.
    func notes(rate: SamplingRate) -> [Note] {
        guard let line else {
            return [
                Note(
                    kind: .timeStamps,
                    message: "\(silence ?? "the time stamps tell nothing"): neither the rate of "
                        + "\(rate.hertz.brief) Hz nor gaps can be checked against them")
            ]
        }
        let found = [repeatRemark(of: line), returnRemark, gapRemark, jitterRemark(of: line)]
        return found.compactMap(\.self) + rateRemarks(of: line, rate: rate)
    }

    private func repeatRemark(of line: Line) -> Note? {
        // Packets and coarse clocks repeat stamps as a matter of course.
        guard let firstRepeat, !hasPackets, 1 / line.hertz >= 0.999 * resolutionSeconds else {
            return nil
        }
        return Note(
            kind: .duplicateTimeStamp, sample: firstRepeat, count: repeatCount,
            message:
                "\(repeatCount, of: "time stamp repeats", plural: "time stamps repeat") "
                + "the \(repeatCount == 1 ? "one" : "ones") before"
        )
    }

    private var returnRemark: Note? {
        let returns = breaks.filter { $0.missingSamples == 0 }
        guard let first = returns.first else { return nil }
        return Note(
            kind: .clockJumpsBack, sample: first.sample, count: returns.count,
            message: "the clock goes back "
                + "\(returns.count == 1 ? "once" : "\(returns.count) times, first"), by "
                + "\((-first.seconds).brief) s at sample \(first.sample); the recording "
                + "is cut there")
    }

    private var gapRemark: Note? {
        let gaps = breaks.filter { $0.missingSamples > 0 }
        guard let first = gaps.first else { return nil }
        let missing = gaps.reduce(0.0) { $0 + Double($1.missingSamples) }
        let places = gaps.prefix(Self.mostListed).map {
            "\($0.missingSamples) (\($0.seconds.brief) s) before sample \($0.sample)"
        }
        let rest = gaps.count > Self.mostListed ? " and \(gaps.count - Self.mostListed) more" : ""
        return Note(
            kind: .gap, sample: first.sample, count: gaps.count,
            message: "\(gaps.count, of: "gap"), "
                + "\(missing.brief) \(missing == 1 ? "sample" : "samples") missing: "
                + "\(places.joined(separator: ", "))\(rest); the recording is cut there")
    }

    private func jitterRemark(of line: Line) -> Note? {
        guard line.jitterSeconds * line.hertz > Self.scatteringJitter * packets.mean,
            line.jitterSeconds > 0.5 * resolutionSeconds
        else { return nil }
        return Note(
            kind: .jitter,
            message: "time stamps scatter round the even grid by "
                + "\(line.jitterSeconds.briefSeconds) (standard deviation), "
                + "\((line.jitterSeconds * line.hertz).brief) samples")
    }

    /// Where rates disagree: of neighboring packets and the whole, and of stamps and the rate used.
    private func rateRemarks(of line: Line, rate: SamplingRate) -> [Note] {
        var notes: [Note] = []
        if let neighborHertz {
            notes.append(
                Note(
                    kind: .rateDisagreement,
                    message: "neighboring packets step as at \(neighborHertz.brief) Hz, the whole "
                        + "recording as at \(line.text): packets may be missing that jitter hides; "
                        + "declare the rate (--rate) where it is known"))
        }
        let difference = (line.hertz - rate.hertz).magnitude
        if let slip = UnitSlip(measuredHertz: line.hertz, statedHertz: rate.hertz) {
            notes.append(
                Note(
                    kind: .rateDisagreement,
                    message: "the time stamps are \(slip.text): as read they give "
                        + "\(line.text), the rate is \(rate.hertz.brief) Hz. Their seconds are "
                        + "wrong by as much; a template says the unit (time: {unit: ms}, or s, us, "
                        + "ns, min)"))
        } else if difference
            > max(5 * line.standardErrorHertz, Self.toleratedDifference * rate.hertz)
        {
            notes.append(
                Note(
                    kind: .rateDisagreement,
                    message: "the rate is declared as \(rate.hertz.brief) Hz, but the time stamps "
                        + "give \(line.text)"))
        }
        return notes
    }

    /// From which standard deviation on, in packets, time stamps are said to scatter.
    package static let scatteringJitter = 0.2
    /// Clocks of two devices differ by less: half a sample in a thousand.
    private static let toleratedDifference = 5e-4

    /// What the history of a recording keeps of its stamps.
    var facts: [String: ProcessingStep.Value] {
        var facts: [String: ProcessingStep.Value] = [
            "time_stamp_resolution_s": .number(resolutionSeconds)
        ]
        if let line {
            facts["measured_rate_hz"] = .number(line.hertz)
            facts["measured_rate_standard_error_hz"] = .number(line.standardErrorHertz)
            facts["time_stamp_jitter_s"] = .number(line.jitterSeconds)
        }
        if hasPackets {
            facts["samples_per_packet"] = .list(
                [packets.least, packets.typical, packets.most].map { .integer($0) })
        }
        let missing = breaks.reduce(0.0) { $0 + Double($1.missingSamples) }
        if missing > 0 {
            facts["samples_missing_by_time_stamps"] = .integer(Int(min(missing, 1e15)))
        }
        return facts
    }
}

extension TimeLine.Line {
    /// The rate and its standard error.
    package var text: String { hertz.text(withError: standardErrorHertz, unit: "Hz") }
}

extension Double {
    /// A measured number with its standard error, both to the error's second digit.
    package func text(withError error: Double, unit: String) -> String {
        guard error > 0, error.isFinite else { return "\(brief) \(unit)" }
        let decimals = min(max(0, Int((1 - log10(error)).rounded(.up))), 9)
        func fixed(_ value: Double) -> String { String(format: "%.\(decimals)f", value) }
        return "\(fixed(self)) ± \(fixed(error)) \(unit)"
    }

    /// A span of time in the unit that suits it, with three decimals at most.
    package var briefSeconds: String {
        switch magnitude {
        case 1...: "\(brief) s"
        case 1e-3..<1: "\((self * 1e3).brief) ms"
        case 1e-6..<1e-3: "\((self * 1e6).brief) us"
        default: "\((self * 1e9).brief) ns"
        }
    }
}
