internal import EMGFormats
internal import EMGSignal

/// The header of a file.
enum EDFHeaderText {
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
        func field(_ text: String, _ field: EDFField) -> [UInt8] {
            HeaderText.field(text, field.width)
        }
        let count = codings.count + 1
        let unknown = EDFText.unknown
        let patient =
            "\(HeaderText.subfield(header.identity.patient)) \(unknown) \(unknown) \(unknown)"
        let day = start.map {
            two($0.day) + "-" + EDFText.months[$0.month - 1] + "-" + String($0.year)
        }
        let recording =
            "\(EDFText.startDateWord) \(day ?? unknown) "
            + "\(HeaderText.subfield(header.identity.session)) \(unknown) "
            + HeaderText.subfield(SoftwareVersion.text)
        let date = start.map { "\(two($0.day)).\(two($0.month)).\(two($0.year % 100))" }
        let time = start.map { "\(two($0.hour)).\(two($0.minute)).\(two($0.second))" }

        var bytes = format.version
        bytes += field(patient, .patient) + field(recording, .recording)
        bytes += field(date ?? EDFText.anonymousStart.date, .startDate)
        bytes += field(time ?? EDFText.anonymousStart.time, .startTime)
        bytes += field(String(EDFField.partBytes * (count + 1)), .headerBytes)
        bytes += field(format.continuous, .reserved)
        bytes += field(String(plan.recordCount), .recordCount)
        bytes += field(plan.length.duration, .recordDuration)
        bytes += field(String(count), .signalCount)

        let limits = format.numbers
        let signal = EDFField.OfSignal(0, of: count)
        func fields(
            _ place: EDFField, annotations: String, _ text: (ChannelCoding) -> String
        ) -> [UInt8] {
            codings.flatMap { field(text($0), place) } + field(annotations, place)
        }
        bytes += labels.flatMap { field($0, signal.label) }
        bytes += field(format.annotationsLabel, signal.label)
        bytes += fields(signal.transducer, annotations: "") { _ in "" }
        bytes += fields(signal.dimension, annotations: "", \.dimension)
        bytes += fields(signal.physicalMinimum, annotations: "-1", \.physical.minimum)
        bytes += fields(signal.physicalMaximum, annotations: "1", \.physical.maximum)
        bytes += fields(signal.digitalMinimum, annotations: String(limits.lowerBound)) {
            String($0.digital.lowerBound)
        }
        bytes += fields(signal.digitalMaximum, annotations: String(limits.upperBound)) {
            String($0.digital.upperBound)
        }
        bytes += fields(signal.prefilter, annotations: "") { _ in "" }
        bytes += fields(
            signal.samples, annotations: String(signals.annotationBytes / format.sampleBytes)
        ) { _ in String(plan.length.samples) }
        bytes += fields(signal.reserved, annotations: "") { _ in "" }
        return bytes
    }

    private static func two(_ number: Int) -> String {
        number < 10 ? "0\(number)" : String(number)
    }
}
