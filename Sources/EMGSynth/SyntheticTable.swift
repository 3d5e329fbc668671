private import EMGFormats

/// Writes a recording as a table in the ROAM layout.
struct SyntheticTable: Sendable {
    private(set) var bytes: [UInt8] = []

    init(_ recording: SyntheticRecording, planned: PlannedRecording, plan: LaboratoryPlan) {
        let isFull = plan.columns == .full
        let day = planned.date.text(separator: "")
        let decimals = Self.decimals(plan)
        bytes.reserveCapacity(recording.rowCount * (isFull ? 75 : 50) + 100)
        append(ROAMTable.header(channelCount: recording.channelCount, isFull: isFull))
        for row in 0..<recording.rowCount {
            if isFull {
                append(row)
                append(",")
            }
            append(Int(recording.labels[row]))
            append(",")
            appendSeconds(recording.nanoseconds[row], decimals: decimals)
            if isFull {
                append(",")
                append(day)
                appendClock(recording.nanoseconds[row])
                append(",\(ROAMTable.noTask)")
            }
            for channel in 0..<recording.channelCount {
                append(",")
                append(Int(recording.samples[row * recording.channelCount + channel]))
            }
            append("\n")
        }
    }

    /// How many decimals time stamps need: nine where they scatter, as few as are exact on an
    /// even grid.
    private static func decimals(_ plan: LaboratoryPlan) -> Int {
        guard plan.style != .roam else { return 9 }
        let periodNanoseconds = 1e9 / plan.samplingRateHertz
        for (decimals, grain) in [(3, 1e6), (4, 1e5), (6, 1e3)]
        where (periodNanoseconds / grain).rounded() * grain == periodNanoseconds {
            return decimals
        }
        return 9
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func append(_ number: Int) { append(String(number)) }

    private mutating func append(_ number: Int, digits: Int) {
        let text = String(number)
        for _ in 0..<max(0, digits - text.utf8.count) { bytes.append(UInt8(ascii: "0")) }
        append(text)
    }

    private mutating func appendSeconds(_ nanoseconds: Int, decimals: Int) {
        var grain = 1
        for _ in decimals..<9 { grain *= 10 }
        append(nanoseconds / 1_000_000_000)
        append(".")
        append(nanoseconds % 1_000_000_000 / grain, digits: decimals)
    }

    /// The time of day `hhmmssmmm`: sessions start at 09:20:50, recordings last under a day.
    private mutating func appendClock(_ nanoseconds: Int) {
        let startOfDay = ((9 * 60 + 20) * 60 + 50) * 1_000
        let milliseconds = (startOfDay + nanoseconds / 1_000_000) % 86_400_000
        append(milliseconds / 3_600_000, digits: 2)
        append(milliseconds / 60_000 % 60, digits: 2)
        append(milliseconds / 1_000 % 60, digits: 2)
        append(milliseconds % 1_000, digits: 3)
    }
}
