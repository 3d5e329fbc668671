public import SeededRandom

/// What a synthetic laboratory recorded: how many people, how often, doing what, with which
/// device.
///
/// The same plan gives the same bytes on every machine. Each patient, session and recording draws
/// from its own stream of the seed, so that a laboratory with more patients holds the smaller one
/// unchanged.
public struct LaboratoryPlan: Sendable, Hashable {
    /// The kind of device.
    public enum Style: String, Sendable, Hashable, CaseIterable {
        /// Envelopes as the ROAM laboratory logs them: rows at 100 Hz that hold about 49 samples a
        /// second, whole numbers that are never negative.
        case roam
        /// A Myo armband's rectified bytes: 200 Hz, 0 to 128, every row new.
        case myo
        /// Raw bipolar electrodes in microvolts round zero, 200 to 2000 Hz: EMG from 20 to 450 Hz
        /// with mains hum, drift and motion artifacts for filters to work on.
        case bipolar
    }

    /// Which columns the tables have.
    public enum Columns: String, Sendable, Hashable, CaseIterable {
        /// Row index, `gt`, `time_elapsed`, `current_time`, `current_task`, channels.
        case full
        /// `gt`, `time_elapsed`, channels.
        case compact
    }

    /// The kind of device.
    public var style: Style
    /// How many people, 1 to 999. Every other one is a stroke patient: weaker opening, more
    /// co-contraction, slower relaxation.
    public var patients: Int
    /// How many visits of each, 1 to 99; the band sits a little differently each time.
    public var sessionsPerPatient: Int
    /// How many recordings a visit, 1 to 8, each under another condition (arm posture, orthosis).
    public var conditionsPerSession: Int
    /// How many relax-open-relax-close cycles a recording, 1 to 100,000; a last relax follows.
    public var cyclesPerRecording: Int
    /// How long one phase of a cycle may be, in seconds, 0.2 to 600.
    public var phaseSeconds: ClosedRange<Double>
    /// Rows a second, in hertz.
    public var samplingRateHertz: Double
    /// How many electrodes round the forearm, 1 to 64.
    public var channelCount: Int
    /// Whether rows hold about 49 samples a second; ``Style/roam`` only.
    public var holdsSamples: Bool
    /// The network's frequency in hertz, 50 or 60.
    public var mainsHertz: Double
    /// Whether a link or an electrode drops out now and then.
    public var hasDropOuts: Bool
    /// Which columns the tables have.
    public var columns: Columns
    /// The seed.
    public var seed: UInt64

    /// Creates the usual plan for a device.
    ///
    /// - Parameters:
    ///   - style: The kind of device.
    ///   - patients: How many people.
    ///   - sessionsPerPatient: How many visits of each.
    ///   - conditionsPerSession: How many recordings a visit.
    ///   - seed: The seed.
    ///   - samplingRateHertz: Rows a second; `nil` for 100 Hz (``Style/roam``), 200 Hz
    ///     (``Style/myo``) or 1000 Hz (``Style/bipolar``).
    public init(
        style: Style, patients: Int = 6, sessionsPerPatient: Int = 1,
        conditionsPerSession: Int = 2, seed: UInt64 = SeededGenerator.defaultSeed,
        samplingRateHertz: Double? = nil
    ) {
        self.style = style
        self.patients = patients
        self.sessionsPerPatient = sessionsPerPatient
        self.conditionsPerSession = conditionsPerSession
        self.seed = seed
        cyclesPerRecording = 3
        channelCount = 8
        mainsHertz = 50
        hasDropOuts = true
        holdsSamples = style == .roam
        switch style {
        case .roam:
            self.samplingRateHertz = samplingRateHertz ?? 100
            phaseSeconds = 2.0...3.2
            columns = .full
        case .myo:
            self.samplingRateHertz = samplingRateHertz ?? 200
            phaseSeconds = 2.0...3.2
            columns = .full
        case .bipolar:
            self.samplingRateHertz = samplingRateHertz ?? 1_000
            phaseSeconds = 0.85...1.1
            columns = .compact
        }
    }

    /// Checks that the plan can be carried out.
    ///
    /// - Throws: ``SynthError`` for the first number that is out of range.
    package func validate() throws(SynthError) {
        try Self.check("patients", patients, in: 1...999)
        try Self.check("sessions", sessionsPerPatient, in: 1...99)
        try Self.check("conditions", conditionsPerSession, in: 1...Self.conditionCodes.count)
        try Self.check("cycles", cyclesPerRecording, in: 1...100_000)
        try Self.check("channels", channelCount, in: 1...64)
        try Self.check("shortest phase in seconds", phaseSeconds.lowerBound, in: 0.2...600)
        try Self.check("longest phase in seconds", phaseSeconds.upperBound, in: 0.2...600)
        let rates: ClosedRange<Double> =
            switch style {
            case .roam: 20...1_000
            case .myo: 20...1_000
            case .bipolar: 200...2_000
            }
        try Self.check("sampling rate in hertz", samplingRateHertz, in: rates)
        guard mainsHertz == 50 || mainsHertz == 60 else {
            throw SynthError(
                .outOfRange(
                    what: "mains frequency in hertz", expected: "50 or 60", found: "\(mainsHertz)"))
        }
    }

    /// The recordings of the plan: patient by patient, session by session.
    package var recordings: [PlannedRecording] {
        var result: [PlannedRecording] = []
        for patient in 0..<patients {
            for session in 0..<sessionsPerPatient {
                for condition in Self.conditionCodes.indices.prefix(conditionsPerSession) {
                    result.append(
                        PlannedRecording(patient: patient, session: session, condition: condition))
                }
            }
        }
        return result
    }

    /// The procedure codes that stand for conditions in file names.
    static let conditionCodes = ["111", "131", "121", "141", "112", "132", "122", "142"]

    private static func check<Number: Comparable>(
        _ what: String, _ found: Number, in range: ClosedRange<Number>
    ) throws(SynthError) {
        guard range.contains(found) else {
            throw SynthError(
                .outOfRange(
                    what: what, expected: "\(range.lowerBound) to \(range.upperBound)",
                    found: "\(found)"))
        }
    }
}

/// One recording of a ``LaboratoryPlan``.
package struct PlannedRecording: Sendable, Hashable {
    let patient: Int
    let session: Int
    let condition: Int

    /// The person, for example `p3`.
    package var patientName: String { "p\(patient + 1)" }

    /// The visit, for example `2024_03_10_p3`.
    package var sessionName: String {
        "\(date.text(separator: "_"))_\(patientName)"
    }

    /// The condition, for example `131`.
    package var conditionName: String { LaboratoryPlan.conditionCodes[condition] }

    /// Where the recording lies in the laboratory's folder, for example
    /// `2024_03_10_p3/p3_131.csv`.
    package var path: String { "\(sessionName)/\(patientName)_\(conditionName).csv" }

    /// Where its table of events lies, for example `2024_03_10_p3/p3_131_events.tsv`.
    package var eventsPath: String {
        "\(sessionName)/\(patientName)_\(conditionName)_events.tsv"
    }

    /// The day: people come three days apart, visits four weeks.
    var date: CalendarDay { CalendarDay(dayOf2024: 64 + 3 * patient + 28 * session) }
}

/// A day, counted on from 1 January 2024.
struct CalendarDay: Sendable, Hashable {
    let year: Int
    let month: Int
    let day: Int

    /// The day `ordinal` days after 31 December 2023; at least 1.
    init(dayOf2024 ordinal: Int) {
        var rest = ordinal - 1
        var year = 2_024
        while rest >= Self.days(inYear: year) {
            rest -= Self.days(inYear: year)
            year += 1
        }
        var month = 1
        while rest >= Self.days(inMonth: month, of: year) {
            rest -= Self.days(inMonth: month, of: year)
            month += 1
        }
        self.year = year
        self.month = month
        day = rest + 1
    }

    /// `2024_03_04` with any separator.
    func text(separator: String) -> String {
        [String(year), Self.twoDigits(month), Self.twoDigits(day)].joined(separator: separator)
    }

    private static func twoDigits(_ number: Int) -> String {
        number < 10 ? "0\(number)" : String(number)
    }

    private static func isLeap(_ year: Int) -> Bool {
        year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    }

    private static func days(inYear year: Int) -> Int { isLeap(year) ? 366 : 365 }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
