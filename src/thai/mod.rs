//! thai.
