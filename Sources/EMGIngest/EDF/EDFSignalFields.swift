internal import EMGFormats

/// The part of a header that describes the signals: each field for all signals, one after another.
enum EDFSignalFields {
    static func read(
        _ fields: inout EDFFields, count: Int, format: EDFFormat
    ) throws(IngestError) -> [EDFSignal] {
        var signals: [EDFSignal] = []
        var position = 0
        for number in 0..<count {
            let place = EDFField.OfSignal(number, of: count)
            let label = fields.text(place.label)
            let of = "of signal \(number + 1) \"\(label)\""
            let samplesField = place.samples.named("\(place.samples.name) \(of)")
            let samples = try fields.integer(samplesField)
            guard let samples, samples > 0 else {
                throw IngestError(
                    .malformed(
                        expected: "at least 1 sample in a record",
                        found: samples.map(String.init) ?? "blanks"),
                    at: fields.place(samplesField),
                    hint: "the header is damaged")
            }
            signals.append(
                EDFSignal(
                    number: number, label: label,
                    transducer: fields.text(place.transducer),
                    dimension: fields.text(place.dimension),
                    prefilter: fields.text(place.prefilter),
                    samplesPerRecord: samples, firstSampleInRecord: position,
                    calibration: EDFSignal.isAnnotations(label)
                        ? .success(
                            EDFCalibration(
                                physicalMinimum: -1, physicalMaximum: 1,
                                numbers: format.numbers))
                        : calibration(&fields, place, of: of, format: format)))
            position += samples
        }
        return signals
    }

    private static func calibration(
        _ fields: inout EDFFields, _ place: EDFField.OfSignal, of signal: String,
        format: EDFFormat
    ) -> Result<EDFCalibration, IngestError> {
        do throws(IngestError) {
            return .success(
                try readCalibration(&fields, place, of: signal, format: format))
        } catch {
            return .failure(error)
        }
    }

    private static func readCalibration(
        _ fields: inout EDFFields, _ place: EDFField.OfSignal, of signal: String,
        format: EDFFormat
    ) throws(IngestError) -> EDFCalibration {
        func blank(_ field: EDFField) -> IngestError {
            IngestError(
                .malformed(expected: "a number", found: "blanks"), at: fields.place(field),
                hint: "without it the samples have no physical values")
        }
        let places = [place.physicalMinimum, place.physicalMaximum].map {
            $0.named("\($0.name) \(signal)")
        }
        var physical: [Double] = []
        for field in places {
            guard let value = try fields.number(field) else { throw blank(field) }
            guard abs(value) <= largestPhysicalValue else {
                throw IngestError(
                    .malformed(expected: "a physical value", found: "\(value)"),
                    at: fields.place(field), hint: "the header is damaged")
            }
            physical.append(value)
        }
        let digitalPlaces = [place.digitalMinimum, place.digitalMaximum].map {
            $0.named("\($0.name) \(signal)")
        }
        var digital: [Int] = []
        for field in digitalPlaces {
            guard let value = try fields.integer(field) else { throw blank(field) }
            digital.append(value)
        }
        guard physical[0] != physical[1] else {
            throw IngestError(
                .inconsistent(
                    expected: "a physical maximum \(signal) that is not its physical minimum",
                    found: "\(physical[0]) for both"),
                at: fields.place(places[1]),
                hint:
                    "every sample would have one value; the program that wrote it left the range out"
            )
        }
        guard digital[0] < digital[1] else {
            throw IngestError(
                .inconsistent(
                    expected: "a digital maximum \(signal) above its digital minimum",
                    found: "\(digital[1]) and \(digital[0])"),
                at: fields.place(digitalPlaces[1]),
                hint: "the header is damaged, or its program swapped the two")
        }
        let limits = format.numbers
        if !limits.contains(digital[0]) || !limits.contains(digital[1]) {
            guard digital[0] < 0 else {
                throw IngestError(
                    .inconsistent(
                        expected:
                            "a digital range \(signal) from \(limits.lowerBound) to "
                            + "\(limits.upperBound)",
                        found: "\(digital[0]) to \(digital[1])"),
                    at: fields.place(digitalPlaces[1]),
                    hint: "whether the samples have a sign cannot be determined")
            }
            fields.warn(
                digitalPlaces[0],
                "the digital range \(digital[0]) to \(digital[1]) is more than "
                    + "\(8 * format.sampleBytes) bits hold")
        }
        if physical[0] > physical[1] {
            fields.warn(
                places[0],
                "the physical minimum is above the maximum: the signal is turned upside down, "
                    + "as the header says")
        }
        let calibration = EDFCalibration(
            physicalMinimum: physical[0], physicalMaximum: physical[1],
            numbers: digital[0]...digital[1])
        guard calibration.scale.isNormal, calibration.offset.isFinite else {
            throw IngestError(
                .inconsistent(
                    expected: "a physical range \(signal) that can be inferred from nothing",
                    found: "\(physical[0]) to \(physical[1])"),
                at: fields.place(places[1]),
                hint: "the header is damaged")
        }
        return calibration
    }

    /// Beyond it samples could not be held in single precision.
    private static let largestPhysicalValue = 1e30
}
