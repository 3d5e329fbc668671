internal import Foundation
internal import PrintableText

/// Channels that one adapter of a device recorded, as a document of tracks describes them.
struct OTB4Track: Sendable, Hashable {
    /// The signal file.
    let stream: String
    /// The name, for channels and messages.
    let name: String
    /// What it is.
    let kind: OTBDevice.Kind
    /// The device.
    let device: String
    /// The first of its numbers in a row of the signal file, and how many.
    let columns: Range<Int>
    /// The numbers in a row of the signal file.
    let rowWidth: Int
    /// The bytes of a number.
    let sampleBytes: Int
    /// Rows a second.
    let hertz: Double
    /// Its unit; `count` for what is no voltage.
    let unit: String
    /// Units a number.
    let scale: Double
    /// When the recording began, as the archive has it.
    let start: String?
    /// The device's word on filters, for the history.
    let filters: String?

    private static let mostChannels = 4_096

    /// Reads a track.
    ///
    /// - Parameters:
    ///   - node: Its element.
    ///   - before: The channels of the tracks before it in the same signal file.
    ///   - location: Where it stands.
    /// - Throws: ``IngestError`` when a number is none, or channels do not lie in a row.
    init(_ node: MarkupNode, before: Int, at location: SourceLocation) throws(IngestError) {
        func text(_ path: String...) -> String {
            var node: MarkupNode? = node
            for name in path { node = node?.child(name) }
            return node?.trimmedText ?? ""
        }
        func number(
            _ key: String, in bounds: ClosedRange<Double>, or usual: Double? = nil
        ) throws(IngestError) -> Double {
            let found = text(key)
            if found.isEmpty, let usual { return usual }
            return try OTBFields.number(
                found, in: bounds, field: "TrackInfo.\(key)", at: location)
        }
        let channels = Double(Self.mostChannels)
        let title = text("Title")
        let subtitle = text("SubTitle")
        let description = text("Description", "Name")
        stream =
            text("SignalStreamPath").split(whereSeparator: { $0 == "/" || $0 == "\\" })
            .last.map(String.init) ?? ""
        device = text("Device").split(separator: ";").first.map(String.init) ?? ""
        hertz = try number("SamplingFrequency", in: 1e-3...1e6)
        let count = Int(try number("NumberOfChannels", in: 1...channels))
        let width = Int(try number("TotalChannelsInFile", in: 1...channels))
        // Novecento+ has 32 bits and the others 16, where tracks do not say.
        let usualBytes = device.hasPrefix("Novecento") ? 4.0 : 2.0
        let bytes = Int(try number("SampleSize", in: 1...8, or: usualBytes))
        guard [2, 3, 4].contains(bytes) else {
            throw IngestError(
                .unsupported(feature: "numbers of \(bytes, of: "byte")"),
                at: SourceLocation(
                    file: location.file, field: "TrackInfo.SampleSize", object: location.object))
        }
        sampleBytes = bytes
        rowWidth = width
        let words = [title, subtitle, description].map { $0.lowercased() }
        kind = Self.kind(words, isControl: text("IsControl").lowercased() == "true")
        let parts = [title, subtitle].filter { !$0.isEmpty }
        name =
            parts.isEmpty
            ? (description.isEmpty ? "track" : description)
            : parts.joined(separator: " ")
        // Where a track's first channel stands is told in two ways, one of which may count the
        // channels of the whole device.
        let stated = try [
            text("ChannelOffsetInSubPacket").isEmpty
                ? nil : Int(number("ChannelOffsetInSubPacket", in: 0...channels)),
            text("AcquisitionChannel").isEmpty
                ? nil : Int(number("AcquisitionChannel", in: 0...channels)),
        ].compactMap { $0 }.filter { $0 + count <= width }
        let first = stated.contains(before) ? before : Set(stated).count == 1 ? stated[0] : nil
        guard let first = first ?? (stated.isEmpty && before + count <= width ? before : nil) else {
            throw IngestError(
                .inconsistent(
                    expected: "\(count, of: "channel") among the \(width) of a row",
                    found: "channels from \(stated.map(String.init).joined(separator: " or ")), "
                        + "behind \(before) others"),
                at: SourceLocation(
                    file: location.file, field: "TrackInfo.AcquisitionChannel",
                    object: location.object),
                hint: "export the recording from OTBioLab as .otb+, .mat or .csv")
        }
        columns = first..<first + count
        guard kind == .emg || kind == .auxiliary else {
            (unit, scale) = ("count", 1)
            start = nil
            filters = nil
            return
        }
        let range = try number("ADC_Range", in: 1e-9...1e6)
        let bits = try number("ADC_Nbits", in: 1...64)
        let gain = try number("Gain", in: 1e-9...1e9)
        let stated2 = text("UnitOfMeasurement")
        // Volts times this are the unit.
        let factor = try number(
            "UnitOfMeasurementFactor", in: 1e-12...1e12, or: stated2.isEmpty ? 1_000 : nil)
        unit = stated2.isEmpty ? "mV" : stated2
        scale = range / Double.exp2(bits) / gain * factor
        let begun = text("StringsDescriptions", "StartDate")
        start = begun.isEmpty ? nil : begun
        let high = text("StringsDescriptions", "HighPassFilter")
        let low = text("StringsDescriptions", "LowPassFilter")
        filters = high.isEmpty && low.isEmpty ? nil : "\(name): high-pass \(high), low-pass \(low)"
    }

    private static func kind(_ words: [String], isControl: Bool) -> OTBDevice.Kind {
        func has(_ texts: String...) -> Bool {
            words.contains { word in texts.contains { word.contains($0) } }
        }
        if has("quaternion") { return .quaternion }
        if isControl || has("buffer", "ramp", "control") { return .control }
        let isAuxiliary = words.contains { $0.hasPrefix("aux") } || has("load cell", "loadcell")
        return isAuxiliary || has("direct connection") ? .auxiliary : .emg
    }
}

extension Double {
    /// Two to the power of a number.
    fileprivate static func exp2(_ exponent: Double) -> Double { pow(2, exponent) }
}
