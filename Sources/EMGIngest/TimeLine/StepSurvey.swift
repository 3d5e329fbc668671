internal import EMGSignal

/// What two passes over time stamps tell of their steps.
struct StepSurvey: Sendable {
    /// Steps that go forward.
    private(set) var forwardCount = 0
    /// Steps that go back.
    private(set) var backwardCount = 0
    /// The first sample whose stamp is before that of the sample before it.
    private(set) var firstBackward: Int?
    /// Stamps that repeat the one before.
    private(set) var repeatCount = 0
    /// The first sample that has one.
    private(set) var firstRepeat: Int?
    /// What the stamps are whole numbers of.
    private(set) var resolution: StampResolution
    /// The longest step between two samples of one packet, in seconds: 0 when only equal stamps
    /// are one packet.
    private(set) var longestWithinPacket = 0.0

    private init(resolution: StampResolution) {
        self.resolution = resolution
    }

    /// Reads time stamps twice.
    ///
    /// - Parameter times: Finite seconds, one a sample.
    /// - Returns: What their steps are like.
    /// - Throws: What makes the time stamps unreadable.
    static func scan<Times: TimeBlocks>(_ times: Times) throws(Times.Failure) -> StepSurvey {
        var shortTime = 0.0
        var survey = StampResolution.Survey()
        var (forward, backward, repeats) = (0, 0, 0)
        var (firstBackward, firstRepeat): (Int?, Int?) = (nil, nil)
        var shortCount = 0
        var first: [Double] = []
        if times.count > 0 {
            try times.readTimes(SampleRange(start: 0, end: 1), into: &first)
            survey.add(first[0])
        }
        try times.forEachStep { sample, step, time in
            if step != 0 { survey.add(time) }
            if step > 0 {
                forward += 1
            } else if step < 0 {
                backward += 1
                if firstBackward == nil { firstBackward = sample }
            } else {
                repeats += 1
                if firstRepeat == nil { firstRepeat = sample }
            }
            if step >= 0, step <= longestPacket {
                shortCount += 1
                shortTime += step
            }
        }
        var steps = StepSurvey(resolution: survey.resolution)
        (steps.forwardCount, steps.backwardCount, steps.repeatCount) = (forward, backward, repeats)
        steps.firstBackward = firstBackward
        steps.firstRepeat = firstRepeat
        guard shortCount > 0 else { return steps }
        // Samples that are sent together are stamped far closer than they were sampled. Their
        // steps are many and take little of the time.
        let mean = shortTime / Double(shortCount)
        var (closeCount, closeTime) = (0, 0.0)
        try times.forEachStep { _, step, _ in
            if step >= 0, step <= mean / 2 {
                closeCount += 1
                closeTime += step
            }
        }
        if closeCount * 3 >= shortCount, closeTime <= mean / 4 * Double(closeCount) {
            steps.longestWithinPacket = mean / 2
        }
        return steps
    }

    /// No device keeps samples back for longer, in seconds: a longer step is a pause.
    private static let longestPacket = 0.5
}

extension TimeBlocks {
    /// The steps between neighboring stamps, in order.
    ///
    /// - Parameter body: Called with the number of the later sample, the step and the later
    ///   stamp in seconds.
    /// - Throws: What makes the time stamps unreadable.
    func forEachStep(
        _ body: (_ sample: Int, _ step: Double, _ time: Double) -> Void
    ) throws(Failure) {
        var buffer: [Double] = []
        var start = 1
        while start < count {
            let end = min(start + (1 << 15), count)
            try readTimes(SampleRange(start: start - 1, end: end), into: &buffer)
            for index in 1..<buffer.count {
                body(start + index - 1, buffer[index] - buffer[index - 1], buffer[index])
            }
            start = end
        }
    }
}
