internal import Documents
internal import EMGArchive
internal import EMGFormats
internal import EMGSignal
private import Files
internal import Foundation

/// The files at the top of a BIDS data set.
enum BIDSDataSet {
    /// Writes them.
    ///
    /// - Parameters:
    ///   - folder: The top of the data set.
    ///   - patients: For each subject the patients' own name.
    /// - Throws: `ArchiveError` when a file cannot be written.
    static func write(
        to folder: URL, patients: [String: String]
    ) throws(ArchiveError) {
        func url(_ name: String) -> URL {
            folder.appending(path: name, directoryHint: .notDirectory)
        }
        let name = folder.absoluteURL.standardizedFileURL.lastPathComponent
        let description = DocumentValue.object([
            "Name": .string(name.isEmpty ? "recordings" : name),
            "BIDSVersion": .string(BIDS.version),
            "DatasetType": .string("raw"),
            "GeneratedBy": .array([
                .object([
                    "Name": .string("myotask"), "Version": .string(SoftwareVersion.number),
                ])
            ]),
        ])
        try Self.write(description.json(.indented), to: url("dataset_description.json"))
        try Self.write(
            "Recordings of surface EMG, written by myotask. What is not known is \(BIDS.unknown).\n",
            to: url("README"))
        var table = "participant_id\tsource_id\n"
        let subjects = patients.sorted { NaturalOrder.precedes($0.key, $1.key) }
        for (subject, patient) in subjects {
            table += "\(BIDSName.Key.subject.entity(subject))\t\(BIDSWriter.cell(patient))\n"
        }
        try Self.write(table, to: url("participants.tsv"))
        let columns = DocumentValue.object([
            "source_id": .object([
                "Description": .string("The name in the recordings' archive.")
            ])
        ])
        try Self.write(columns.json(.indented), to: url("participants.json"))
    }

    private static func write(_ text: String, to url: URL) throws(ArchiveError) {
        try ArchiveError.wrapping { () throws(FilesError) in try AtomicFile.write(text, to: url) }
    }
}
