internal import PrintableText

/// An analog channel and the way from its numbers to its unit:
/// `(number − offset) · scale · general scale`.
struct C3DChannel: Sendable, Hashable {
    /// The name that the file gives it, or that stands for none.
    let name: String
    /// The unit; `nil` when the file does not say.
    let unit: String?
    /// What the file says of it.
    let description: String
    /// What it is.
    let kind: ChannelKind
    /// Units a number, the general scale in it.
    let scale: Double
    /// The number of zero.
    let offset: Double

    /// The channels of a file.
    ///
    /// - Parameters:
    ///   - parameters: What describes them.
    ///   - count: How many there are.
    ///   - isUnsigned: Whether numbers have no sign.
    ///   - file: The file, for warnings.
    /// - Returns: The channels, and what was assumed.
    /// - Throws: ``IngestError`` when a scale is no number.
    static func channels(
        _ parameters: C3DParameters, count: Int, isUnsigned: Bool, file: String
    ) throws(IngestError) -> (channels: [C3DChannel], warnings: [IngestWarning]) {
        let place = SourceLocation(file: file, object: "ANALOG")
        let (names, renamed) = UniqueNames.of(
            padded(parameters.texts("ANALOG:LABELS"), to: count, with: ""),
            at: SourceLocation(file: file, object: "ANALOG:LABELS"))
        var warnings = renamed
        let units = padded(parameters.texts("ANALOG:UNITS"), to: count, with: "")
        let descriptions = padded(parameters.texts("ANALOG:DESCRIPTIONS"), to: count, with: "")
        let general = parameters.number("ANALOG:GEN_SCALE") ?? 1
        let stated = parameters.numbers("ANALOG:SCALE")
        if stated.count < count {
            warnings.append(
                IngestWarning(
                    .assumption, at: place, count: count - stated.count,
                    message:
                        "\(count - stated.count, of: "channel has", plural: "channels have") no "
                        + "scale (ANALOG:SCALE): 1 was assumed"))
        }
        let scales = padded(stated, to: count, with: 1)
        let offsets = padded(offsets(parameters, isUnsigned: isUnsigned), to: count, with: 0)
        let plates = plateChannels(parameters)
        var channels: [C3DChannel] = []
        for index in 0..<count {
            let scale = scales[index] * general
            guard scale.isFinite, scale != 0, offsets[index].isFinite else {
                throw IngestError(
                    .malformed(
                        expected: "a scale that is a number other than 0",
                        found: "\(scales[index]) times the general scale \(general)"),
                    at: SourceLocation(file: file, field: names[index], object: "ANALOG:SCALE"),
                    hint: "the file is damaged; export it anew")
            }
            channels.append(
                C3DChannel(
                    name: names[index], unit: units[index].isEmpty ? nil : units[index],
                    description: descriptions[index],
                    kind: kind(
                        names[index], descriptions[index], units[index],
                        isOfPlate: plates.contains(index)),
                    scale: scale, offset: offsets[index]))
        }
        return (channels, warnings)
    }

    /// Offsets have a sign, unless the numbers have none.
    private static func offsets(_ parameters: C3DParameters, isUnsigned: Bool) -> [Double] {
        parameters.continued("ANALOG:OFFSET").flatMap { part in
            isUnsigned && part.kind == .integer ? part.counts.map(Double.init) : part.numbers
        }
    }

    /// The channels that force plates are connected to, counted from 0.
    private static func plateChannels(_ parameters: C3DParameters) -> Set<Int> {
        Set((parameters["FORCE_PLATFORM:CHANNEL"]?.counts ?? []).filter { $0 > 0 }.map { $0 - 1 })
    }

    /// By its name, what stands beside it, and its unit: what is no voltage is no EMG.
    private static func kind(
        _ name: String, _ description: String, _ unit: String, isOfPlate: Bool
    ) -> ChannelKind {
        let byName = ChannelKind(named: name)
        guard byName != .emg else { return .emg }
        if ChannelKind(named: description) == .emg { return .emg }
        if isOfPlate || byName == .other { return .other }
        return otherUnits.contains(unit.lowercased()) ? .other : .unknown
    }

    /// Units of what is recorded beside EMG.
    private static let otherUnits: Set<String> = [
        "n", "kn", "nm", "n.m", "n·m", "nmm", "n.mm", "mm", "m", "cm", "g", "m/s2", "m/s^2", "deg",
        "rad", "deg/s", "rad/s", "%", "mmhg", "pa", "kpa", "w", "c", "hz", "s", "ms",
    ]

    private static func padded<Element>(
        _ elements: [Element], to count: Int, with element: Element
    ) -> [Element] {
        Array(elements.prefix(count))
            + repeatElement(element, count: max(0, count - elements.count))
    }
}
