package import ErrorReports

extension InputError {
    /// The kind of the fault as programs compare it, in lower case with underscores.
    package var kindName: String {
        switch kind {
        case .differs: "different_input"
        case .seen: "seen_in_training"
        }
    }

    /// The model.
    package var place: ErrorPlace { ErrorPlace(file: location) }
}
