/// What the time stamps of a recording say: its rate, and where it is broken.
///
/// The rate is samples over time between real breaks: the slope of a robust line through sample
/// number against stamp. Stamps are rounded (``StampResolution``) and come in packets
/// (``PacketPoints``); a break is a deviation from the line that stays (``BreakSearch``), so that
/// neither a late packet nor jitter makes one. How it is done is described in
/// `docs/formats/time-stamps.md`.
package struct TimeLine: Sendable, Hashable {
    /// A place where the recording must be cut.
    package struct Break: Sendable, Hashable {
        /// The first sample behind it.
        package let sample: Int
        /// How many samples are missing; 0 when the clock went back.
        package let missingSamples: Int
        /// By how many seconds the clock is off the line there; below 0 when it went back.
        package let seconds: Double
    }

    /// What the line says.
    package struct Line: Sendable, Hashable {
        /// Samples a second.
        package var hertz: Double
        /// The standard error of that.
        package var standardErrorHertz: Double
        /// The standard deviation of the packets' stamps from the line, in seconds.
        package var jitterSeconds: Double
    }

    /// The line through the stamps; `nil` when they say nothing of the rate.
    package private(set) var line: Line?
    /// Why they say nothing, in words; `nil` when they do.
    package private(set) var silence: String?
    /// The smallest step that the stamps can make, in seconds.
    package let resolutionSeconds: Double
    /// How many samples came together; one each without packets.
    package private(set) var packets = PacketSizes(typical: 1, least: 1, most: 1, mean: 1)
    /// How many samples have the stamp of the sample before.
    package let repeatCount: Int
    /// The first of them.
    package let firstRepeat: Int?
    /// Where samples are missing or the clock went back, in order.
    package private(set) var breaks: [Break] = []

    /// Samples a second between neighboring packets, where that is another rate than the line's.
    package private(set) var neighborHertz: Double?

    /// Whether samples come several at a time.
    package var hasPackets: Bool { packets.typical > 1 || packets.mean >= 1.5 }

    /// Fits a line to time stamps, which are read several times.
    ///
    /// - Parameter times: Finite seconds, one a sample.
    /// - Returns: The line, and where the stamps leave it.
    /// - Throws: What makes the time stamps unreadable.
    package static func fit<Times: TimeBlocks>(_ times: Times) throws(Times.Failure) -> TimeLine {
        let survey = try StepSurvey.scan(times)
        var timeLine = TimeLine(survey)
        try timeLine.fit(times, survey)
        return timeLine
    }

    private init(_ survey: StepSurvey) {
        resolutionSeconds = survey.resolution.seconds
        repeatCount = survey.repeatCount
        firstRepeat = survey.firstRepeat
    }

    private mutating func fit<Times: TimeBlocks>(
        _ times: Times, _ survey: StepSurvey
    ) throws(Times.Failure) {
        guard survey.forwardCount > 0 else {
            silence = survey.silence
            return
        }
        let points = try PacketPoints.scan(times, longestWithin: survey.longestWithinPacket)
        packets = points.sizes
        guard survey.isOrdered, points.count >= 2 else {
            silence = survey.silence
            return
        }
        let grid = try TickGrid.detect(in: points, resolution: survey.resolution)
        let estimate = try PeriodEstimate.measure(points, resolution: survey.resolution, grid: grid)
        guard estimate.seconds > 0 else {
            silence = survey.silence
            return
        }
        guard estimate.irregularity <= Self.mostIrregular else {
            silence = "samples are stamped at random, not at a rate"
            return
        }
        let rounding = StampRounding(
            survey.resolution, period: estimate.seconds, sizes: points.sizes,
            longestWithinPacket: survey.longestWithinPacket, grid: grid)
        try settle(
            points, resolution: survey.resolution, estimate: estimate, rounding: rounding)
    }

    private mutating func settle<Times: TimeBlocks>(
        _ points: PacketPoints<Times>, resolution: StampResolution, estimate: PeriodEstimate,
        rounding: StampRounding
    ) throws(Times.Failure) {
        let search = try BreakSearch.search(
            points, estimate: estimate, rounding: rounding, resolution: resolution)
        let fit = try LineFit.fit(
            points, breaks: search.breaks, start: search.period, resolution: resolution)
        guard fit.period > 0, fit.scatterError <= Self.mostUncertain * fit.period else {
            silence =
                "they scatter so much that the rate is known to "
                + "\((100 * fit.scatterError / fit.period).brief) % only"
            return
        }
        let line = Line(
            hertz: 1 / fit.period,
            standardErrorHertz: fit.standardError / (fit.period * fit.period),
            jitterSeconds: fit.deviation)
        self.line = line
        // Clocks of packets and of the recording agree, unless packets are missing that jitter
        // hides.
        let difference = (estimate.seconds - fit.period).magnitude
        if difference > max(5 * estimate.uncertainty, 5 * fit.standardError, 5e-3 * fit.period) {
            neighborHertz = 1 / estimate.seconds
        }
        // A rate that is known by name has no error that lengths of gaps could suffer from.
        let common = CommonRates.nearest(
            to: line.hertz, standardError: line.standardErrorHertz)
        let period = common.map { 1 / $0 } ?? fit.period
        var jitter = LevelJitter()
        try jitter.measureAll(
            points, breaks: search.breaks,
            scale: LevelJitter.Scale(
                period: period, quantum: rounding.quantum, resolution: resolution))
        let measure = try ShiftMeasure.measure(
            points, breaks: search.breaks, period: period,
            periodError: common == nil ? fit.standardError : 0, jitter: jitter)
        for (place, shift) in measure.shifts.enumerated() {
            let missing = (shift / period).rounded()
            if missing >= 1 {
                breaks.append(
                    Break(
                        sample: measure.samples[place], missingSamples: Int(min(missing, 1e15)),
                        seconds: shift))
            } else if shift < 0, measure.goesBack[place] {
                breaks.append(
                    Break(sample: measure.samples[place], missingSamples: 0, seconds: shift))
            }
        }
    }

    /// Packets that come at random have 0.8, a clock far less.
    private static let mostIrregular = 0.5
    /// A rate that is known less well is none.
    private static let mostUncertain = 0.02
}

extension StepSurvey {
    /// Whether stamps go forward nearly always.
    var isOrdered: Bool { backwardCount * 5 <= forwardCount + backwardCount }

    /// Why the stamps say nothing of a rate.
    var silence: String {
        guard forwardCount + backwardCount > 0 else {
            return repeatCount > 0
                ? "all time stamps are equal" : "there are no two samples with time stamps"
        }
        let often = backwardCount == 1 ? "once" : "\(backwardCount) times"
        let back = "the time stamps go back \(often)"
        return firstBackward.map { "\(back), first at sample \($0)" }
            ?? "the time stamps do not go forward"
    }
}
