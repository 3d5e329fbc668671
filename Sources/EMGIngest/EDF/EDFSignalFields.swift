/// The part of a header that describes the signals: each field for all signals, one after another.
enum EDFSignalFields {
    /// Where each signal's fields begin for a number of signals, and their lengths.
    private struct Layout {
        let count: Int
        func label(_ signal: Int) -> Int { 256 + 16 * signal }
        func transducer(_ signal: Int) -> Int { 256 + 16 * count + 80 * signal }
        func dimension(_ signal: Int) -> Int { 256 + 96 * count + 8 * signal }
        func physicalMinimum(_ signal: Int) -> Int { 256 + 104 * count + 8 * signal }
        func physicalMaximum(_ signal: Int) -> Int { 256 + 112 * count + 8 * signal }
        func digitalMinimum(_ signal: Int) -> Int { 256 + 120 * count + 8 * signal }
        func digitalMaximum(_ signal: Int) -> Int { 256 + 128 * count + 8 * signal }
        func prefilter(_ signal: Int) -> Int { 256 + 136 * count + 80 * signal }
        func samples(_ signal: Int) -> Int { 256 + 216 * count + 8 * signal }
    }

    static func read(
        _ fields: inout EDFFields, count: Int, variant: EDFVariant
    ) throws(IngestError) -> [EDFSignal] {
        let layout = Layout(count: count)
        var signals: [EDFSignal] = []
        var position = 0
        for number in 0..<count {
            let label = fields.text(layout.label(number), 16, "label")
            let name = "samples per record of signal \(number + 1) \"\(label)\""
            let samples = try fields.integer(layout.samples(number), 8, name)
            guard let samples, samples > 0 else {
                throw IngestError(
                    .malformed(
                        expected: "at least 1 sample in a record",
                        found: samples.map(String.init) ?? "blanks"),
                    at: fields.place(layout.samples(number), name),
                    hint: "the header is damaged")
            }
            signals.append(
                EDFSignal(
                    number: number, label: label,
                    transducer: fields.text(layout.transducer(number), 80, "transducer"),
                    dimension: fields.text(layout.dimension(number), 8, "dimension"),
                    prefilter: fields.text(layout.prefilter(number), 80, "prefilter"),
                    samplesPerRecord: samples, firstSampleInRecord: position,
                    calibration: EDFSignal.isAnnotations(label)
                        ? .success(
                            EDFCalibration(
                                physicalMinimum: -1, physicalMaximum: 1,
                                numbers: variant.numbers))
                        : calibration(
                            &fields, layout, number: number, label: label, variant: variant)))
            position += samples
        }
        return signals
    }

    private static func calibration(
        _ fields: inout EDFFields, _ layout: Layout, number: Int, label: String,
        variant: EDFVariant
    ) -> Result<EDFCalibration, IngestError> {
        do throws(IngestError) {
            return .success(
                try readCalibration(
                    &fields, layout, number: number, label: label, variant: variant))
        } catch {
            return .failure(error)
        }
    }

    private static func readCalibration(
        _ fields: inout EDFFields, _ layout: Layout, number: Int, label: String,
        variant: EDFVariant
    ) throws(IngestError) -> EDFCalibration {
        let of = "of signal \(number + 1) \"\(label)\""
        func blank(_ offset: Int, _ name: String) -> IngestError {
            IngestError(
                .malformed(expected: "a number", found: "blanks"),
                at: fields.place(offset, "\(name) \(of)"),
                hint: "without it the samples have no physical values")
        }
        let places = [
            (layout.physicalMinimum(number), "physical minimum"),
            (layout.physicalMaximum(number), "physical maximum"),
        ]
        var physical: [Double] = []
        for (offset, name) in places {
            guard let value = try fields.number(offset, 8, "\(name) \(of)") else {
                throw blank(offset, name)
            }
            guard abs(value) <= largestPhysicalValue else {
                throw IngestError(
                    .malformed(expected: "a physical value", found: "\(value)"),
                    at: fields.place(offset, "\(name) \(of)"), hint: "the header is damaged")
            }
            physical.append(value)
        }
        let digitalPlaces = [
            (layout.digitalMinimum(number), "digital minimum"),
            (layout.digitalMaximum(number), "digital maximum"),
        ]
        var digital: [Int] = []
        for (offset, name) in digitalPlaces {
            guard let value = try fields.integer(offset, 8, "\(name) \(of)") else {
                throw blank(offset, name)
            }
            digital.append(value)
        }
        guard physical[0] != physical[1] else {
            throw IngestError(
                .inconsistent(
                    expected: "a physical maximum \(of) that is not its physical minimum",
                    found: "\(physical[0]) for both"),
                at: fields.place(places[1].0, "physical maximum \(of)"),
                hint:
                    "every sample would have one value; the program that wrote it left the range out"
            )
        }
        guard digital[0] < digital[1] else {
            throw IngestError(
                .inconsistent(
                    expected: "a digital maximum \(of) above its digital minimum",
                    found: "\(digital[1]) and \(digital[0])"),
                at: fields.place(digitalPlaces[1].0, "digital maximum \(of)"),
                hint: "the header is damaged, or its program swapped the two")
        }
        let limits = variant.numbers
        if !limits.contains(digital[0]) || !limits.contains(digital[1]) {
            guard digital[0] < 0 else {
                throw IngestError(
                    .inconsistent(
                        expected:
                            "a digital range \(of) from \(limits.lowerBound) to "
                            + "\(limits.upperBound)",
                        found: "\(digital[0]) to \(digital[1])"),
                    at: fields.place(digitalPlaces[1].0, "digital maximum \(of)"),
                    hint: "whether the samples have a sign cannot be determined")
            }
            fields.warn(
                digitalPlaces[0].0, "digital minimum \(of)",
                "the digital range \(digital[0]) to \(digital[1]) is more than "
                    + "\(8 * variant.sampleBytes) bits hold")
        }
        if physical[0] > physical[1] {
            fields.warn(
                places[0].0, "physical minimum \(of)",
                "the physical minimum is above the maximum: the signal is turned upside down, "
                    + "as the header says")
        }
        let calibration = EDFCalibration(
            physicalMinimum: physical[0], physicalMaximum: physical[1],
            numbers: digital[0]...digital[1])
        guard calibration.scale.isNormal, calibration.offset.isFinite else {
            throw IngestError(
                .inconsistent(
                    expected: "a physical range \(of) that can be inferred from nothing",
                    found: "\(physical[0]) to \(physical[1])"),
                at: fields.place(places[1].0, "physical maximum \(of)"),
                hint: "the header is damaged")
        }
        return calibration
    }

    /// Beyond it samples could not be held in single precision.
    private static let largestPhysicalValue = 1e30
}
