internal import PrintableText

/// Channels of one stream that are one recording.
struct XDFPart: NamedPart {
    /// Its name, for example `emg-Armband` or `other-Armband`.
    let name: String
    /// The place of the stream in the file.
    let stream: Int
    /// The channels' places in the stream.
    let channels: [Int]

    /// Divides the streams of a file, the main part first: the stream with the most channels of
    /// EMG; when none says that it has any, the fastest stream that does not say that it is
    /// something else.
    ///
    /// - Parameter streams: The streams.
    /// - Returns: The parts; none when no stream has samples of numbers.
    static func parts(of streams: [XDFContents.Stream]) -> [XDFPart] {
        struct Group {
            let stream: Int
            let isMainKind: Bool
            let channels: [Int]
            let hertz: Double
        }
        let kinds = streams.map { stream -> [ChannelKind] in
            let info = stream.info
            guard info.format != .string, !info.isMarkers, stream.sampleCount > 0 else { return [] }
            return (0..<info.channelCount).map { kind(of: $0, info) }
        }
        let mainKind = ChannelKind.mainKind(of: kinds.flatMap { $0 })
        var groups: [Group] = []
        for (place, kinds) in kinds.enumerated() {
            for isMain in [true, false] {
                let channels = kinds.indices.filter { (kinds[$0] == mainKind) == isMain }
                guard !channels.isEmpty else { continue }
                groups.append(
                    Group(
                        stream: place, isMainKind: isMain, channels: channels,
                        hertz: streams[place].info.nominalHertz))
            }
        }
        let order = groups.enumerated().sorted { left, right in
            let (one, other) = (left.element, right.element)
            if one.isMainKind != other.isMainKind { return one.isMainKind }
            if one.isMainKind, mainKind == .emg, one.channels.count != other.channels.count {
                return one.channels.count > other.channels.count
            }
            if one.isMainKind, mainKind != .emg, one.hertz != other.hertz {
                return one.hertz > other.hertz
            }
            return left.offset < right.offset
        }
        var taken: Set<String> = []
        return order.map { _, group in
            let info = streams[group.stream].info
            let kind = group.isMainKind ? "emg" : ChannelKind.othersName
            var name = "\(kind)-\(safe(info.name))"
            if taken.contains(name) { name += "-\(info.id)" }
            taken.insert(name)
            return XDFPart(name: name, stream: group.stream, channels: group.channels)
        }
    }

    /// The channel's own type counts most, then its name, then the type and name of the stream.
    private static func kind(of channel: Int, _ info: XDFStreamInfo) -> ChannelKind {
        var words: [String] = []
        if info.channels.count == info.channelCount {
            words += [info.channels[channel].type, info.channels[channel].label]
        }
        words += [info.type, info.name]
        return words.lazy.filter { !$0.isEmpty }.map { ChannelKind(named: $0) }
            .first { $0 != .unknown } ?? .unknown
    }

    /// Letters, digits, `-` and `_`, as the name is part of a recording's.
    private static func safe(_ name: String) -> String {
        let text = name.prefix(40).map { character in
            character.isASCII && (character.isLetter || character.isNumber || character == "_")
                ? character : "-"
        }
        let words = String(text).split(separator: "-").joined(separator: "-")
        return words.isEmpty ? "stream" : words
    }
}
