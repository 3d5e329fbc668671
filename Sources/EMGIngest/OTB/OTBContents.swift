internal import Foundation
import PrintableText

/// What is in an archive: signal files with their devices, markers, and the length of the
/// recording.
struct OTBContents: Sendable, Hashable {
    /// A signal file.
    struct Signal: Sendable, Hashable {
        /// The member.
        let member: OTBArchive.Member
        /// Its name without folder and ending.
        let stem: String
        /// What its channels are.
        let device: OTBDevice
        /// The bytes of a number.
        let sampleBytes: Int
        /// The rows that are whole.
        let rowCount: Int
        /// What is odd about it.
        let warnings: [IngestWarning]
    }

    /// The signal files, in the order of the archive, at least one.
    let signals: [Signal]
    /// What happened.
    let events: [LabelEvent]
    /// When the recording began, as the archive has it.
    let start: String?

    init(_ url: URL) throws(IngestError) {
        let file = url.relativePath
        let archive = try OTBArchive(url)
        var documents: [String: MarkupNode] = [:]
        var members: [OTBArchive.Member] = []
        while let member = try archive.next() {
            let name = Self.fileName(member.name).lowercased()
            if name.hasSuffix(".sig") { members.append(member) }
            guard name.hasSuffix(".xml") else { continue }
            guard member.byteCount <= MarkupDocument.largestBytes else {
                throw IngestError(
                    .unsupported(feature: "an XML document of \(member.byteCount, of: "byte")"),
                    at: SourceLocation(file: file, object: member.name))
            }
            documents[name] = try MarkupDocument.read(
                try archive.read(member.byteCount),
                at: SourceLocation(file: file, object: member.name))
        }
        guard !members.isEmpty else {
            throw IngestError(
                .noSamples(found: "an archive without a signal file (.sig)"),
                at: SourceLocation(file: file))
        }
        let patient = documents["patient.xml"]
        let duration = patient?.text(of: "duration").flatMap(Double.init)
        var signals: [Signal] = []
        for member in members {
            let stem = String(Self.fileName(member.name).dropLast(4))
            guard let root = documents["\(stem.lowercased()).xml"] else {
                throw IngestError(
                    .missingColumn(name: "\(stem).xml", found: documents.keys.sorted()),
                    at: SourceLocation(file: file, object: member.name),
                    hint: "the device of a signal file stands in a document of its name")
            }
            let place = SourceLocation(file: file, object: "\(stem).xml")
            signals.append(
                try Self.signal(
                    member, stem: stem, device: OTBDevice(root, at: place), duration: duration,
                    file: file))
        }
        self.signals = signals
        start = patient?.text(of: "time")
        events = Self.events(
            documents.keys.sorted().filter { $0.hasPrefix("marker") }.compactMap { documents[$0] })
    }

    /// The markers of some documents.
    static func events(_ documents: [MarkupNode]) -> [LabelEvent] {
        var events: [LabelEvent] = []
        for marker in documents.flatMap({ $0.all("Marker") }) {
            guard let time = marker.text(of: "Milliseconds").flatMap(Double.init),
                time.isFinite, let text = marker.text(of: "Description")
            else { continue }
            let event = LabelEvent(start: time / 1_000, duration: nil, name: text)
            if events.last != event { events.append(event) }
        }
        return events
    }

    /// The name of a member without its folders.
    static func fileName(_ path: String) -> String {
        path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
    }

    /// The width of numbers is what the device says, unless the length of the recording shows that
    /// it is the other one.
    private static func signal(
        _ member: OTBArchive.Member, stem: String, device: OTBDevice, duration: Double?,
        file: String
    ) throws(IngestError) -> Signal {
        var warnings = device.warnings
        let place = SourceLocation(file: file, object: member.name)
        func rows(_ bytes: Int) -> Int { member.byteCount / (bytes * device.channelCount) }
        func fits(_ bytes: Int) -> Bool {
            guard let duration else { return false }
            return abs(Double(rows(bytes)) / device.hertz - duration) <= max(1, 0.02 * duration)
        }
        guard let stated = [16: 2, 24: 3][device.bits] else {
            throw IngestError(
                .unsupported(feature: "numbers of \(device.bits) bits"), at: place)
        }
        var sampleBytes = stated
        let other = 5 - stated
        if duration != nil, !fits(stated), fits(other) {
            sampleBytes = other
            warnings.append(
                IngestWarning(
                    .headerFault, at: place,
                    message: "the device says numbers of \(8 * stated) bits, but by the length of "
                        + "the recording they have \(8 * other)"))
        } else if let duration, !fits(stated) {
            warnings.append(
                IngestWarning(
                    .truncated, at: place,
                    message: "the recording lasted \(duration.brief) s, there are "
                        + "\((Double(rows(stated)) / device.hertz).brief) s"))
        }
        let count = rows(sampleBytes)
        guard count > 0 else {
            throw IngestError(
                .noSamples(found: "a signal file without a whole row"), at: place,
                hint: "the recording may have been stopped before its first sample")
        }
        let rest = member.byteCount - count * sampleBytes * device.channelCount
        if rest > 0 {
            warnings.append(
                IngestWarning(
                    .truncated, at: place,
                    message: "not read: \(rest, of: "byte") behind the last whole row"))
        }
        return Signal(
            member: member, stem: stem, device: device, sampleBytes: sampleBytes,
            rowCount: count, warnings: warnings)
    }
}
