private import EMGFormats
package import EMGSignal

/// A generated recording: whole numbers only, so that it is the same everywhere.
package struct SyntheticRecording: Sendable, Hashable {
    /// How many electrodes.
    package let channelCount: Int
    /// The class of each row: 0 relax, 1 open, 2 close.
    package private(set) var labels: [UInt8] = []
    /// The time of each row in nanoseconds since the logging program started.
    package private(set) var nanoseconds: [Int] = []
    /// The samples, `[rows × channels]`.
    package private(set) var samples: [Int32] = []
    /// When the muscles really work.
    package private(set) var movements: [SyntheticMovement] = []

    init(channelCount: Int) {
        self.channelCount = channelCount
    }

    /// The number of rows.
    package var rowCount: Int { labels.count }

    mutating func append(label: UInt8, nanoseconds: Int, samples: [Int32]) {
        labels.append(label)
        self.nanoseconds.append(nanoseconds)
        self.samples.append(contentsOf: samples)
    }

    /// Generates one recording of a plan.
    ///
    /// - Parameters:
    ///   - planned: One of the plan's ``LaboratoryPlan/recordings``.
    ///   - plan: The plan.
    /// - Throws: ``SynthError`` when the plan makes no sense.
    package init(_ planned: PlannedRecording, of plan: LaboratoryPlan) throws(SynthError) {
        try plan.validate()
        let person = Person(plan: plan, recording: planned)
        let stream =
            "patient \(planned.patient) session \(planned.session) recording \(planned.condition)"
        let schedule = CueSchedule(plan: plan, person: person, stream: stream)
        switch plan.style {
        case .roam:
            self = EnvelopeDevice.record(
                plan: plan, person: person, schedule: schedule, stream: stream)
        case .myo, .bipolar:
            self = RawDevice.record(
                plan: plan, person: person, schedule: schedule, stream: stream)
        }
        movements = schedule.movements
    }

    /// The recording as the rest of the package knows it, for tests and demonstrations without
    /// files.
    ///
    /// - Parameters:
    ///   - planned: Which one it is.
    ///   - plan: Of which plan.
    /// - Returns: A recording whose source is named after its path, with the digest of no bytes.
    /// - Throws: ``SignalError`` when the plan's names cannot be an identity.
    package func recording(
        _ planned: PlannedRecording, of plan: LaboratoryPlan
    ) throws(SignalError) -> Recording {
        let rate = try SamplingRate(hertz: plan.samplingRateHertz)
        var description = try RecordingDescription(
            identity: RecordingIdentity(
                patient: planned.patientName, session: planned.sessionName,
                condition: planned.conditionName),
            channels: (0..<channelCount).map {
                Channel(name: ROAMTable.channel($0), unit: "count")
            },
            samplingRate: rate,
            source: SourceFile(
                name: "\(planned.patientName)_\(planned.conditionName).csv",
                sha256: String(repeating: "0", count: 64)))
        description.effectiveRate =
            try plan.style == .roam && plan.holdsSamples
            ? SamplingRate(
                hertz: min(rate.hertz, EnvelopeDevice.heldSamplesPerSecond)) : rate
        description.history = [
            ProcessingStep(
                operation: "synth",
                parameters: [
                    "style": .text(plan.style.rawValue), "seed": .text(String(plan.seed)),
                ],
                software: SoftwareVersion.text)
        ]
        return try Recording(
            description,
            samples: SampleMatrix(values: samples.map(Float.init), channelCount: channelCount),
            labels: LabelTrack(classNames: ROAMTable.classNames, values: labels),
            timeStamps: nanoseconds.map { Double($0) / 1e9 })
    }
}
