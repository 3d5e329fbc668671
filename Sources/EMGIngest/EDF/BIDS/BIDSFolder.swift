internal import EMGFormats
private import Files
internal import Foundation

/// The side files of a recording in a BIDS data set, found by the inheritance principle: in the
/// recording's folder and, below the data set's top, in the folders above it. Of those that apply
/// in one folder the one with the most entities counts; the nearer folder counts more.
struct BIDSFolder: Sendable, Hashable {
    /// The table of channels.
    let channels: URL?
    /// The table of events.
    let events: URL?
    /// The descriptions, nearest first.
    let descriptions: [URL]

    /// All of them, in the order of their reading.
    var files: [URL] { [channels, events].compactMap(\.self) + descriptions }

    /// Looks for the side files of a recording.
    ///
    /// - Throws: ``IngestError`` when a folder cannot be listed: it may have some.
    init(of url: URL, name: BIDSName) throws(IngestError) {
        var channels: URL?
        var events: URL?
        var descriptions: [URL] = []
        for folder in Self.folders(above: url) {
            let names = try IngestError.wrapping { () throws(FilesError) in
                try Folder.names(in: folder)
            }
            func best(_ suffix: BIDS.Suffix, _ fileExtension: String) -> URL? {
                names.sorted().compactMap { text -> (String, Int)? in
                    guard let side = BIDSName(text), side.suffix == suffix.rawValue,
                        side.fileExtension == fileExtension, side.applies(to: name)
                    else { return nil }
                    return (text, side.entities.count)
                }.max { $0.1 < $1.1 }.map { folder.appending(path: $0.0) }
            }
            if channels == nil { channels = best(.channels, "tsv") }
            if events == nil { events = best(.events, "tsv") }
            if let description = best(.emg, "json") { descriptions.append(description) }
        }
        self.channels = channels
        self.events = events
        self.descriptions = descriptions
    }

    /// The folder of a recording and those above it up to the top of the data set, which is the
    /// folder that holds the subjects'.
    private static func folders(above url: URL) -> [URL] {
        var folder = url.deletingLastPathComponent()
        var folders = [folder]
        for prefix in [BIDS.folder, BIDSName.Key.session.prefix, BIDSName.Key.subject.prefix] {
            let name = folder.absoluteURL.standardizedFileURL.lastPathComponent
            guard prefix == BIDS.folder ? name == prefix : name.hasPrefix(prefix) else { continue }
            folder = folder.appending(path: "..").standardizedFileURL
            folders.append(folder)
        }
        return folders
    }
}
