internal import EMGFormats
internal import EMGSignal
internal import Foundation

/// Where a recording lies in a BIDS data set: `sub-p7/ses-1/emg/sub-p7_ses-1_task-grasp_emg.bdf`.
///
/// Names there are letters and digits of ASCII; everything else is left out.
struct BIDSPlace: Sendable, Hashable {
    /// `p7`, without what no name may hold.
    let subject: String
    let session: String
    /// The entities behind the session, such as `task-grasp_run-2`.
    let rest: String

    /// Finds the place of a recording.
    ///
    /// - Throws: ``ExportError`` when nothing is left of a name.
    init(_ identity: RecordingIdentity) throws(ExportError) {
        subject = try Self.label(identity.patient, part: "patient", of: identity)
        session = try Self.label(identity.session, part: "session", of: identity)
        var rest = BIDSName.Key.task.entity(
            try Self.label(identity.condition, part: "condition", of: identity))
        if !identity.run.isEmpty {
            let run = try Self.label(identity.run, part: "run", of: identity)
            // A run is a number there; what is none distinguishes recordings all the same.
            let isNumber = run == identity.run && run.utf8.allSatisfy { $0 < 0x3A }
            rest += "_" + (isNumber ? BIDSName.Key.run : .recording).entity(run)
        }
        self.rest = rest
    }

    /// The folder below the data set.
    var folder: String { folders.joined(separator: "/") }

    /// The names of the folders on the way there: the subject's, the session's, and one for EMG.
    var folders: [String] {
        [
            BIDSName.Key.subject.entity(subject), BIDSName.Key.session.entity(session),
            BIDS.folder,
        ]
    }

    /// The beginning of the names of all its files.
    var stem: String { (folders.prefix(2) + [rest]).joined(separator: "_") }

    /// The beginning of the places of all its files below the data set.
    var path: String { "\(folder)/\(stem)_\(BIDS.Suffix.emg.rawValue)" }

    /// The place of a file below the data set.
    func path(_ suffix: BIDS.Suffix, _ fileExtension: String) -> String {
        "\(folder)/\(stem)_\(suffix.rawValue).\(fileExtension)"
    }

    private static func label(
        _ name: String, part: String, of identity: RecordingIdentity
    ) throws(ExportError) -> String {
        let label = name.decomposedStringWithCanonicalMapping.unicodeScalars.filter { scalar in
            ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
                || ("0"..."9").contains(scalar)
        }
        guard !label.isEmpty else {
            throw ExportError(
                .unusableName(part: part, found: name), of: identity.id,
                hint: "BIDS has letters and digits of ASCII only; rename it")
        }
        return String(String.UnicodeScalarView(label))
    }
}
