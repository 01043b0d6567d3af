//! Turns a panic inside a future into a value, so that one URL never takes the run down.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

/// Runs a future; a panic in it becomes its message. The future is not polled again after that, so that nothing
/// half-done is seen by anyone.
pub(super) async fn contain<T>(future: impl Future<Output = T>) -> Result<T, String> {
    let mut future = pin!(future);
    std::future::poll_fn(move |context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
        Ok(poll) => poll.map(Ok),
        Err(panic) => Poll::Ready(Err(message(panic.as_ref()))),
    })
    .await
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("a panic without a message").to_owned()
}

#[cfg(test)]
mod tests {
    use super::contain;

    #[tokio::test]
    async fn a_panic_becomes_its_message() {
        assert_eq!(contain(async { 7 }).await, Ok(7));
        let number = 3;
        assert_eq!(contain(async { panic!("no. {number}") }).await, Err::<(), _>("no. 3".to_owned()));
        assert_eq!(contain(async { panic!("plain") }).await, Err::<(), _>("plain".to_owned()));
    }
}
