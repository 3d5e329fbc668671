internal import EMGSignal

/// The header of a file.
enum EDFHeaderText {
    private static let months = [
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    ]

    /// The signals that a header lists.
    struct Signals {
        /// How each channel is coded.
        let codings: [ChannelCoding]
        /// The label of each channel, at most 16 characters.
        let labels: [String]
        /// The bytes of annotations in a record.
        let annotationBytes: Int
    }

    static func bytes(
        _ header: RecordingHeader, plan: RecordPlan, signals: Signals, format: EDFFormat,
        start: EDFStartTime?
    ) -> [UInt8] {
        let (codings, labels) = (signals.codings, signals.labels)
        let field = HeaderText.field
        let count = codings.count + 1
        let patient = "\(HeaderText.subfield(header.identity.patient)) X X X"
        let day = start.map {
            two($0.day) + "-" + months[$0.month - 1] + "-" + String($0.year)
        }
        let recording =
            "Startdate \(day ?? "X") \(HeaderText.subfield(header.identity.session)) X "
            + HeaderText.subfield(SoftwareVersion.text)
        let date = start.map { "\(two($0.day)).\(two($0.month)).\(two($0.year % 100))" }
        let time = start.map { "\(two($0.hour)).\(two($0.minute)).\(two($0.second))" }

        var bytes: [UInt8] =
            format == .edf ? field("0", 8) : [0xFF] + Array("BIOSEMI".utf8)
        bytes += field(patient, 80) + field(recording, 80)
        bytes += field(date ?? "01.01.85", 8) + field(time ?? "00.00.00", 8)
        bytes += field(String(256 * (count + 1)), 8) + field("\(format.title)+C", 44)
        bytes += field(String(plan.recordCount), 8) + field(plan.length.duration, 8)
        bytes += field(String(count), 4)

        let limits = format.numbers
        bytes += labels.flatMap { field($0, 16) } + field("\(format.title) Annotations", 16)
        bytes += [UInt8](repeating: 0x20, count: 80 * count)
        bytes += codings.flatMap { field($0.dimension, 8) } + field("", 8)
        bytes += codings.flatMap { field($0.physical.minimum, 8) } + field("-1", 8)
        bytes += codings.flatMap { field($0.physical.maximum, 8) } + field("1", 8)
        bytes += codings.flatMap { field(String($0.digital.lowerBound), 8) }
        bytes += field(String(limits.lowerBound), 8)
        bytes += codings.flatMap { field(String($0.digital.upperBound), 8) }
        bytes += field(String(limits.upperBound), 8)
        bytes += [UInt8](repeating: 0x20, count: 80 * count)
        bytes += codings.flatMap { _ in field(String(plan.length.samples), 8) }
        bytes += field(String(signals.annotationBytes / format.sampleBytes), 8)
        bytes += [UInt8](repeating: 0x20, count: 32 * count)
        return bytes
    }

    private static func two(_ number: Int) -> String {
        number < 10 ? "0\(number)" : String(number)
    }
}
