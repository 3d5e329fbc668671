internal import EMGSignal

/// A signal as its line in a header describes it (header(5) of the WFDB Applications Guide):
///
///     file format[xN][:skew][+offset] [gain[(baseline)][/units] [resolution [zero [initial
///     [checksum [block size [description]]]]]]]
struct WFDBSignal: Sendable, Hashable {
    /// The name of the signal file, `~` in a header that has none.
    let fileName: String
    /// How its samples are stored.
    let format: WFDBFormat
    /// How many samples of it a frame has.
    let samplesPerFrame: Int
    /// How many frames of it come before the first one of the record.
    let skew: Int
    /// Where samples begin in the signal file.
    let byteOffset: Int
    /// Numbers of the converter per physical unit, finite and not 0.
    let gain: Double
    /// Whether the header has no gain, so that the format's own is taken.
    let isGainAssumed: Bool
    /// The number that stands for 0.
    let baseline: Int
    /// The unit in the spelling of this package.
    let unit: String
    /// Whether the header has no unit, so that the format's own is taken.
    let isUnitAssumed: Bool
    /// The number of the first sample; `nil` when it is not reported.
    let initial: Int?
    /// The number before the first one, for differences.
    var start: Int32 { Int32(clamping: initial ?? zero) }
    /// The sum of all samples, modulo 2¹⁶; `nil` when it is not reported.
    let checksum: UInt16?
    /// What the signal is; empty when it is not reported.
    let description: String
    /// The line in the header, counted from 1.
    let line: Int

    private let zero: Int

    /// The gain of signals without one, in numbers per millivolt.
    static let usualGain = 200.0
    /// More frames before the first one are not an adjustment but damage.
    private static let largestSkew = 100_000

    init(_ fields: WFDBFields, number: Int) throws(IngestError) {
        line = fields.line
        fileName = fields[0].map(String.init) ?? ""
        var rest = fields[1] ?? ""
        let code = rest.prefix { $0.isASCII && $0.isNumber }
        rest = rest.dropFirst(code.count)
        guard let formatNumber = Int(code) else {
            throw fields.fault("format", expected: "the number of a format", found: fields[1] ?? "")
        }
        guard let format = WFDBFormat(rawValue: formatNumber) else {
            throw Self.unsupported(formatNumber, fields)
        }
        self.format = format
        samplesPerFrame =
            try Self.part(
                &rest, "x", fields, "samples per frame", in: 1...65_535) ?? 1
        skew = try Self.part(&rest, ":", fields, "skew", in: 0...Self.largestSkew) ?? 0
        byteOffset = try Self.part(&rest, "+", fields, "byte offset", in: 0...(1 << 62)) ?? 0
        guard rest.isEmpty else {
            throw fields.fault(
                "format", expected: "format[xN][:skew][+offset]", found: fields[1] ?? "")
        }
        let calibration = try Calibration(fields[2] ?? "", fields)
        _ = try fields.integer(3, "ADC resolution", in: 0...64)
        zero = try fields.integer(4, "ADC zero", in: Self.numbers) ?? 0
        initial = try fields.integer(5, "initial value", in: Self.numbers)
        // Both 16-bit spellings of a sum occur, with and without a sign.
        checksum = try fields.integer(6, "checksum", in: -32_768...65_535).map {
            UInt16(truncatingIfNeeded: $0)
        }
        _ = try fields.integer(7, "block size", in: 0...Int.max)
        description = fields.rest(from: 8) ?? ""
        isGainAssumed = calibration.gain == nil
        gain = calibration.gain ?? Self.usualGain
        baseline = calibration.baseline ?? zero
        isUnitAssumed = calibration.unit == nil
        unit = calibration.unit ?? "mV"
    }

    /// The name for messages: the description, or the number in the header.
    func title(_ number: Int) -> String {
        description.isEmpty ? "signal \(number + 1)" : description
    }

    private static let numbers = Int(Int32.min)...Int(Int32.max)

    private static func part(
        _ rest: inout Substring, _ mark: Character, _ fields: WFDBFields, _ name: String,
        in bounds: ClosedRange<Int>
    ) throws(IngestError) -> Int? {
        guard rest.first == mark else { return nil }
        let digits = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
        rest = rest.dropFirst(1 + digits.count)
        return try fields.integer(digits, name, in: bounds)
    }

    private static func unsupported(_ number: Int, _ fields: WFDBFields) -> IngestError {
        let isFLAC = [508, 516, 524].contains(number)
        let known = WFDBFormat.allCases.dropFirst().map { String($0.rawValue) }.joined(
            separator: ", ")
        return IngestError(
            .unsupported(
                feature: isFLAC
                    ? "format \(number) (samples compressed with FLAC)" : "format \(number)"),
            at: fields.place("format"),
            hint: "convert the record to format 16 (xform -i RECORD -o …), or to one of \(known)")
    }
}

/// The field `gain[(baseline)][/units]`.
private struct Calibration {
    var gain: Double?
    var baseline: Int?
    var unit: String?

    init(_ text: Substring, _ fields: WFDBFields) throws(IngestError) {
        var rest = text
        guard !rest.isEmpty else { return }
        if let slash = rest.firstIndex(of: "/") {
            unit = UnitTable.reading(of: String(rest[rest.index(after: slash)...]))?.unit
            rest = rest[..<slash]
        }
        if rest.last == ")", let open = rest.firstIndex(of: "(") {
            baseline = try fields.integer(
                rest[rest.index(after: open)...].dropLast(), "baseline",
                in: Int(Int32.min)...Int(Int32.max))
            rest = rest[..<open]
        }
        // A gain of 0 says that there is none.
        let number = try fields.number(rest, "ADC gain")
        gain = number == 0 ? nil : number
    }
}
