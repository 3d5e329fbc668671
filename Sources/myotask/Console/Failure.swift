import Documents
import EMGArchive
import EMGEpisodes
import EMGFilters
import EMGIngest
import EMGReview
import EMGSignal
import EMGTasks
import Experiments
import Figures
import Foundation
import MetaLearning
import TensorBoard

/// Tells faults of the input from faults of the program.
enum Failure {
    /// Whether an error says something about the user's files or settings.
    static func isExpected(_ error: any Error) -> Bool {
        switch error {
        case is DocumentError, is SignalError, is IngestError, is ArchiveError, is FilterError,
            is TaskError, is MetaLearningError, is InputError, is FigureError, is ExperimentError,
            is EventFileError, is ReviewError:
            true
        default: false
        }
    }
}
