internal import Foundation
internal import PrintableText

/// What is in an archive of OTBioLab 4: signal files, the tracks in them, and markers.
struct OTB4Contents: Sendable, Hashable {
    /// A signal file.
    struct Signal: Sendable, Hashable {
        let member: OTBArchive.Member
        /// The rows that are whole.
        let rowCount: Int
    }

    let file: String
    /// The tracks whose signal files are there, at least one.
    let tracks: [OTB4Track]
    /// The signal files by their names.
    let signals: [String: Signal]
    let events: [LabelEvent]
    let warnings: [IngestWarning]

    private static let mainDocument = "tracks_000.xml"

    /// Whether an archive has the document of tracks.
    static func isOne(_ url: URL) throws(IngestError) -> Bool {
        let archive = try OTBArchive(url)
        while let member = try archive.next() {
            if OTBContents.fileName(member.name).lowercased() == mainDocument { return true }
        }
        return false
    }

    init(_ url: URL) throws(IngestError) {
        let file = url.relativePath
        self.file = file
        let archive = try OTBArchive(url)
        var members: [String: OTBArchive.Member] = [:]
        var documents: [(name: String, root: MarkupNode)] = []
        while let member = try archive.next() {
            let name = OTBContents.fileName(member.name)
            if name.lowercased().hasSuffix(".sig") { members[name] = member }
            guard name.lowercased().hasSuffix(".xml") else { continue }
            let place = SourceLocation(file: file, object: member.name)
            guard member.byteCount <= MarkupDocument.largestBytes else {
                throw IngestError(
                    .unsupported(feature: "an XML document of \(member.byteCount, of: "byte")"),
                    at: place)
            }
            documents.append(
                (
                    name.lowercased(),
                    try MarkupDocument.read(try archive.read(member.byteCount), at: place)
                ))
        }
        let place = SourceLocation(file: file, object: "Tracks_000.xml")
        let root = documents.first { $0.name == Self.mainDocument }?.root
        var warnings: [IngestWarning] = []
        let nodes = root?.children.filter { $0.name == "TrackInfo" } ?? []
        var tracks: [OTB4Track] = []
        var before: [String: Int] = [:]
        for node in nodes.prefix(10_000) {
            let stream = node.child("SignalStreamPath")?.trimmedText ?? ""
            let track = try OTB4Track(node, before: before[stream] ?? 0, at: place)
            before[stream, default: 0] += track.columns.count
            guard members[track.stream] != nil else {
                warnings.append(
                    IngestWarning(
                        .partLeftOut, at: place,
                        message: "the signal file \(track.stream) of \(track.name) is not there"))
                continue
            }
            tracks.append(track)
        }
        guard !tracks.isEmpty else {
            throw IngestError(
                .noSamples(found: "an archive without a track that has a signal file"), at: place)
        }
        self.tracks = tracks
        signals = try Self.signals(tracks, members, file: file, warnings: &warnings)
        // Paths that a person was to follow are kept in documents of their own.
        let feedback = documents.filter {
            $0.name.contains("tracks_") && $0.name != Self.mainDocument
        }
        if !feedback.isEmpty {
            warnings.append(
                IngestWarning(
                    .partLeftOut, at: SourceLocation(file: file, object: feedback[0].name),
                    count: feedback.count, message: "the paths of feedback are not read"))
        }
        events = OTBContents.events(
            documents.filter { $0.name.hasPrefix("marker") }.sorted { $0.name < $1.name }
                .map(\.root))
        self.warnings = warnings
    }

    private static func signals(
        _ tracks: [OTB4Track], _ members: [String: OTBArchive.Member], file: String,
        warnings: inout [IngestWarning]
    ) throws(IngestError) -> [String: Signal] {
        var signals: [String: Signal] = [:]
        for (name, group) in Dictionary(grouping: tracks, by: \.stream) {
            guard let member = members[name] else { continue }
            let place = SourceLocation(file: file, object: member.name)
            let first = group[0]
            guard
                group.allSatisfy({
                    $0.rowWidth == first.rowWidth && $0.sampleBytes == first.sampleBytes
                        && $0.hertz == first.hertz
                })
            else {
                throw IngestError(
                    .inconsistent(
                        expected: "tracks of one signal file with rows of one width and rate",
                        found: "\(first.rowWidth) numbers of \(first.sampleBytes) bytes, and others"
                    ),
                    at: place, hint: "the file is damaged; make or copy it again")
            }
            let rowBytes = first.rowWidth * first.sampleBytes
            let rows = member.byteCount / rowBytes
            guard rows > 0 else {
                throw IngestError(
                    .noSamples(found: "a signal file without a whole row"), at: place,
                    hint: "the recording may have been stopped before its first sample")
            }
            if !member.byteCount.isMultiple(of: rowBytes) {
                warnings.append(
                    IngestWarning(
                        .truncated, at: place,
                        message: "not read: \(member.byteCount % rowBytes, of: "byte") behind the "
                            + "last whole row"))
            }
            signals[name] = Signal(member: member, rowCount: rows)
        }
        return signals
    }
}
